using SparsePipeline.Contracts;
using SparsePipeline.Learning.Models.TorchScript;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Models.TorchScript;

public sealed class ScriptKindTests
{
    [Theory]
    [InlineData("0.weight_g", "0.weight_v", "is a model with weight norm", "remove_weight_norm")]
    [InlineData("0.weight_mask", "0.weight_orig", "is a model with pruning masks", "torch.nn.utils.prune.remove")]
    [InlineData("0.lora_A.weight", "0.lora_B.weight", "is an adapter", "merge_and_unload()")]
    public void A_script_whose_weights_are_computed_is_refused_before_it_is_trained(string first, string second, string reason, string remedy)
    {
        using var scope = torch.NewDisposeScope();
        long[] shape = first.EndsWith("_g", StringComparison.Ordinal) ? [4, 1] : [4, 4];

        var failure = Should.Throw<DomainException>(
            () => ScriptKind.Ensure(new Dictionary<string, torch.Tensor> { [first] = torch.zeros(shape), [second] = torch.zeros(4, 4) })).Failure;

        failure.Code.ShouldBe(FailureCodes.WrongKind);
        failure.Reason.ShouldStartWith($"Model torchscript {reason}");
        failure.Remedy.ShouldContain(remedy);
    }

    [Fact]
    public void A_plain_one_is_not()
    {
        using var scope = torch.NewDisposeScope();

        ScriptKind.Ensure(new Dictionary<string, torch.Tensor> { ["0.weight"] = torch.zeros(4, 4), ["0.scale"] = torch.zeros(4), ["0.index"] = torch.zeros(4, torch.int64) });
    }
}
