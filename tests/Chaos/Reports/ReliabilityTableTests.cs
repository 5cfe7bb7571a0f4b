using SparsePipeline.Chaos.Suite;

namespace SparsePipeline.Chaos.Reports;

public sealed class ReliabilityTableTests
{
    [Fact]
    public void Each_kind_has_a_line_with_counts_median_and_longest_and_the_last_line_has_all()
    {
        FaultRecord[] faults =
        [
            new("kill", "trainer-1", 2) { StepsUnderWay = 2, Recovery = TimeSpan.FromSeconds(1), ExtraExecutions = 1 },
            new("kill", "trainer-2", 2) { StepsUnderWay = 1, Recovery = TimeSpan.FromSeconds(5) },
            new("kill", "pruner-1", 2) { StepsUnderWay = 1, Recovery = TimeSpan.FromSeconds(3) },
            new("purge", "all", 1) { StepsUnderWay = 3 },
            new("purge", What: null, 1) { StepsUnderWay = 1, Recovery = TimeSpan.FromSeconds(9) },
        ];

        ReliabilityTable.Of(["kill", "purge", "never"], faults).Split('\n')[2..].ShouldBe(
        [
            "| kill | 3 | 4 | 4 | 1 | 3.0 s | 5.0 s |",
            "| purge | 1 | 3 | 0 | 0 | – | – |",
            "| never | 0 | 0 | 0 | 0 | – | – |",
            "| **all** | 4 | 7 | 4 | 1 | 3.0 s | 5.0 s |",
            "",
        ]);
    }
}
