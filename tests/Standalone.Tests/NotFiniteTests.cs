using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.TestKit;

namespace SparsePipeline.Standalone.Tests;

/// <summary>A weight that is not a number gets no further than the next step that reads it, whoever stored it.</summary>
public sealed class NotFiniteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("global-magnitude")]
    [InlineData("layer-magnitude")]
    [InlineData("random")]
    [InlineData("none")]
    public async Task A_dense_network_with_NaN_is_not_pruned(string pruner)
    {
        var log = new JobLog { Spoils = spec => spec.Mask is null };

        var outcome = await Pipelines.RunAsync(_folder.File("store"), Pipelines.Recipe(pruner: pruner), log);

        outcome.Plan.Failure!.Code.ShouldBe(FailureCodes.NotFinite);
        outcome.Plan.Failed.Single().Node.ShouldBe(NodeNames.Prune(1));
    }

    [Fact]
    public async Task A_candidate_with_NaN_is_not_averaged()
    {
        var log = new JobLog { Spoils = spec => spec.Mask is not null };

        var outcome = await Pipelines.RunAsync(_folder.File("store"), Pipelines.Recipe(), log);

        outcome.Plan.Failure!.Code.ShouldBe(FailureCodes.NotFinite);
        outcome.Plan.Failure.Reason.ShouldContain("has NaN in 'fc.weight'");
        outcome.Plan.Failed.Single().Node.ShouldBe(NodeNames.Soup(1));
    }
}
