using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class ZeroCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TensorType.F32)]
    [InlineData(TensorType.F16)]
    [InlineData(TensorType.BF16)]
    [InlineData(TensorType.F64)]
    public void Pruned_positions_that_are_not_zero_are_named_with_index_and_value(TensorType type)
    {
        using var state = Saved(b => b.Floats("fc.weight", type, [2, 3], 1, 2, 0, 0, 3, -0f));

        var violations = ZeroCheck.Violations(state, Masks.Of(("fc.weight", [2, 3], "101 000")));

        violations.ShouldBe([new ZeroViolation("fc.weight", 2, 1, "2")]);
    }

    [Fact]
    public void Zeros_and_negative_zeros_at_pruned_positions_are_well()
    {
        using var state = Saved(b => b.Floats("fc.weight", [2, 3], 1, -0f, 2, 0, 0, 0).Floats("fc.bias", [2], 1, 2));

        ZeroCheck.Violations(state, Masks.Of(("fc.weight", [2, 3], "111 000"))).ShouldBeEmpty();
    }

    [Fact]
    public void A_violation_far_beyond_the_first_piece_is_found()
    {
        var values = new float[TensorPieces.Size + 70];
        values[^1] = 5;
        using var state = Saved(b => b.Floats("w.weight", [1, values.Length], values));
        var mask = Masks.Of(("w.weight", [1, values.Length], new string('0', values.Length)));

        var error = Should.Throw<DomainException>(() => ZeroCheck.Ensure(state, mask));

        error.Failure.Code.ShouldBe(FailureCodes.MaskMismatch);
        error.Failure.Reason.ShouldBe(
            $"1 pruned positions in 1 tensors are not zero, first 'w.weight' at flat index {values.Length - 1}, which is 5.");
    }

    [Fact]
    public void A_mask_of_another_structure_is_refused_with_all_misfits()
    {
        using var state = Saved(b => b.Floats("a.weight", [1, 2], 1, 2).Raw("b.weight", TensorType.I8, [1, 1], 1));

        var error = Should.Throw<DomainException>(
            () => ZeroCheck.Violations(state, Masks.Of(("a.weight", [2, 1], "11"), ("b.weight", [1, 1], "1"), ("c.weight", [1, 1], "1"))));

        error.Failure.Reason.ShouldBe(
            "The mask is not of this checkpoint: 'a.weight' is [1, 2] in the checkpoint and [2, 1] in the mask; "
            + "it masks 'b.weight', which is I8; it masks 'c.weight', which the checkpoint lacks.");
    }

    private StateDict Saved(Func<StateDictBuilder, StateDictBuilder> build) =>
        StateDict.Open(build(new StateDictBuilder()).Save(_folder.File("m.safetensors")));
}
