using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class SelectionCheckTests
{
    private static readonly TensorInfo[] Tensors =
    [
        TensorInfo.Of("fc.weight", TensorType.F32, 4, 4), TensorInfo.Of("fc.bias", TensorType.F32, 4),
        TensorInfo.Of("lm_head.weight", TensorType.F32, 4, 4), TensorInfo.Of("steps", TensorType.I64, 2, 2),
    ];

    [Theory]
    [InlineData("lm_hed.*", "lm_head.weight")]
    [InlineData("lm_head", "lm_head.weight")]
    [InlineData("fc.wieght", "fc.weight")]
    public void A_pattern_that_matches_nothing_is_refused_with_the_nearest_name(string pattern, string near) =>
        SelectionCheck.Problems(Tensors, new TensorSelection { Exclude = [pattern] })
            .ShouldBe([new SelectionProblem("exclude", pattern, $"'{pattern}' matches no tensor.", $"Did you mean '{near}'?")]);

    [Fact]
    public void Without_a_near_name_the_names_there_are_are_said() =>
        SelectionCheck.Problems(Tensors, new TensorSelection { Include = ["transformer.*"] }).Single().Remedy
            .ShouldBe("There are 'fc.bias', 'fc.weight', 'lm_head.weight', 'steps'.");

    [Fact]
    public void Every_mistake_is_said_at_once()
    {
        var selection = new TensorSelection
        {
            Include = ["steps", "tw*"],
            Exclude = ["lm_hed.*"],
            Layers = new Dictionary<string, double> { ["fc.*"] = 0.5, ["f?.weight"] = 0.25, ["*.bias"] = 0.1, ["lm_head.weight"] = 1 },
            OutputLayer = "fx",
        };

        var failure = Should.Throw<DomainException>(() => SelectionCheck.Ensure(Tensors, selection)).Failure;

        failure.Code.ShouldBe(FailureCodes.InvalidOption);
        failure.Reason.ShouldBe(
            "include 'steps' matches only 'steps I64 [2, 2]', which cannot be pruned. include 'tw*' matches no tensor. exclude 'lm_hed.*' matches no tensor. "
            + "layers '*.bias' matches only 'fc.bias', of which nothing is pruned. layers gives 'lm_head.weight' the sparsity 1. "
            + "layers give 'fc.weight' several sparsities: 'fc.*' 0.5, 'f?.weight' 0.25. outputLayer 'fx' is no layer with weights.");
        failure.Remedy.ShouldContain("Did you mean 'lm_head.weight'?");
    }

    [Fact]
    public void What_matches_something_is_accepted() =>
        SelectionCheck.Problems(Tensors, new TensorSelection
        {
            Include = ["*"],
            Exclude = ["*.bias"],
            Layers = new Dictionary<string, double> { ["fc.*"] = 0 },
            OutputLayer = "lm_head",
        }).ShouldBeEmpty();
}
