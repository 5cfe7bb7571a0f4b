using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class PlanningMethodsTests
{
    [Fact]
    public void Every_baseline_that_can_be_planned_is_described() =>
        PlanningMethods.All.Select(m => (m.Axis, m.Name)).ShouldBe(
            [.. Workflows.Registry.Infos.Select(i => (MethodAxes.Workflow, i.Name)), .. BaselineNames.All.Select(n => (MethodAxes.Baseline, n))]);
}
