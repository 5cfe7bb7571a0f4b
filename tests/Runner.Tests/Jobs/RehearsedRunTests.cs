using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning.Data;
using SparsePipeline.Runner.Jobs;
using SparsePipeline.TestKit;

namespace SparsePipeline.Runner.Tests.Jobs;

public sealed class RehearsedRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("LLR", false)]
    [InlineData("ALLR", true)]
    public void Of_the_checkpoints_that_are_cut_only_the_last_is_kept(string schedule, bool asks)
    {
        var recipe = new Recipe
        {
            Name = "many-cuts",
            Model = JobBench.Dense.Model,
            Data = JobBench.Dense.Data,
            Pretraining = new PretrainingRecipe { Epochs = 1, LearningRate = 0.1 },
            Sparsification = new SparsificationRecipe { Sparsity = 0.9, Cycles = 5 },
            Retraining = new RetrainingRecipe { Epochs = 1, Schedule = schedule, NeedsCutMeasures = asks },
        };

        new RehearsedRun(new RehearseRequest(recipe, Script: null, Weights: null), DataSets.Load(recipe.Data), _folder.Path, CancellationToken.None).Problems().ShouldBeEmpty();

        Directory.GetFiles(_folder.Path, $"*.{OutputNames.Mask}").Length.ShouldBeGreaterThanOrEqualTo(5);
        Directory.GetFiles(_folder.Path, $"*.{OutputNames.Checkpoint}").Length.ShouldBe(2, "the dense network and the last cut");
    }
}
