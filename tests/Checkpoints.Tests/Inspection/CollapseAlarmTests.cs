using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class CollapseAlarmTests
{
    private const string Remedy = ". Prune less, exclude the layer, or give it a sparsity of its own.";

    [Theory]
    [InlineData(0, 4000, 40, 40, false, "has none of its 4000 weights left: its output no longer depends on its input")]
    [InlineData(39, 4000, 10, 1, true, "has no weight left in 1 of its 10 outputs: what they stand for is answered by the bias alone")]
    [InlineData(100, 4000, 40, 36, false, "has weights left in only 4 of its 40 outputs")]
    [InlineData(39, 40000, 40, 5, false, "has 39 of its 40000 weights left, less than 0.1 %")]
    public void A_layer_that_lets_next_to_nothing_through_is_named_with_a_remedy(long kept, long total, long rows, long dead, bool isOutput, string reason) =>
        CollapseAlarm.Of(new LayerCompression("a.weight", kept, total, rows, dead), isOutput).ShouldBe($"Layer 'a.weight' {reason}{Remedy}");

    [Theory]
    [InlineData(40, 40000, 40, 35, false)]
    [InlineData(4000, 4000, 40, 0, true)]
    [InlineData(0, 0, 0, 0, true)]
    public void Others_raise_none_and_ask_for_no_remedy(long kept, long total, long rows, long dead, bool isOutput) =>
        CollapseAlarm.Of(new LayerCompression("a.weight", kept, total, rows, dead), isOutput, () => throw new InvalidOperationException("asked")).ShouldBeNull();
}
