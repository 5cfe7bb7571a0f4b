using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Tests;

public sealed class CycleWarningsTests
{
    [Fact]
    public void What_the_cut_says_of_a_layer_comes_before_what_was_measured_and_each_layer_comes_once()
    {
        var cycle = SampleReport.Create().Cycles[^1];
        var compression = new CompressionReport { Layers = [], Alarms = ["Layer 'a.weight' has none. Prune less.", "Layer 'ab.weight' has few. Prune less."], Exports = new(3, 2, 1) };
        cycle = cycle with
        {
            Prune = cycle.Prune with { Warnings = ["Layer 'a.weight' has none. Exclude it.", "80.0 % of all parameters are in matrices that are not pruned."] },
            Soup = cycle.Soup with { Evaluation = cycle.Soup.Evaluation with { Compression = compression } },
        };

        CycleWarnings.Of(cycle).ShouldBe(
            ["Layer 'a.weight' has none. Exclude it.", "80.0 % of all parameters are in matrices that are not pruned.", "Layer 'ab.weight' has few. Prune less."]);
    }
}
