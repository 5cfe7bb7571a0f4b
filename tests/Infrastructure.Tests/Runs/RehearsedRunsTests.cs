using NSubstitute;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Tests.Artifacts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Infrastructure.Tests.Runs;

/// <summary>A rehearsal that found nothing is not asked for again while everything is the same.</summary>
public sealed class RehearsedRunsTests : IDisposable
{
    private static readonly Recipe Recipe = RunWorld.Recipe() with { Data = new DataSpec { Name = "digits", Digest = new string('d', 64) } };
    private readonly TemporaryStore _files = new();
    private readonly TemporaryFolder _program = new();
    private readonly IRunnerPool _runners = Substitute.For<IRunnerPool>();

    public RehearsedRunsTests()
    {
        File.WriteAllText(_program.File("SparsePipeline.Runner.dll"), "one build");
        Answer();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int Asked => _runners.ReceivedCalls().Count();

    public void Dispose()
    {
        _files.Dispose();
        _program.Dispose();
    }

    [Fact]
    public async Task The_second_time_nobody_is_asked_nor_for_another_seed_or_name()
    {
        await EnsureAsync(Recipe);
        await EnsureAsync(Recipe);
        await EnsureAsync(Recipe with { Seed = 7, Name = "another" });

        Asked.ShouldBe(1);
    }

    [Fact]
    public async Task Another_recipe_other_data_or_another_build_is_asked_about()
    {
        await EnsureAsync(Recipe);
        await EnsureAsync(RunWorld.Recipe(epochs: 3) with { Data = Recipe.Data });
        await EnsureAsync(Recipe with { Data = Recipe.Data with { Digest = new string('e', 64) } });
        Asked.ShouldBe(3);

        File.WriteAllText(_program.File("SparsePipeline.Runner.dll"), "another build");
        await EnsureAsync(Recipe);

        Asked.ShouldBe(4);
    }

    [Fact]
    public async Task Another_version_of_a_library_of_the_program_is_asked_about_and_a_log_is_not()
    {
        File.WriteAllText(_program.File("TorchSharp.dll"), "one version");
        await EnsureAsync(Recipe);
        File.WriteAllText(_program.File("runner.log"), "something");
        await EnsureAsync(Recipe);
        Asked.ShouldBe(1);

        File.WriteAllText(_program.File("TorchSharp.dll"), "another version");
        await EnsureAsync(Recipe);

        Asked.ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        Answer(new StepFailure(FailureCodes.DataUnavailable, "dense: There is no such file.", "Put it there."));
        await Should.ThrowAsync<RefusedRunException>(() => EnsureAsync(Recipe));

        Answer();
        await EnsureAsync(Recipe);

        Asked.ShouldBe(2);
    }

    [Fact]
    public async Task Who_only_looks_leaves_nothing_behind_and_data_that_nobody_has_looked_at_is_asked_about_each_time()
    {
        await EnsureAsync(Recipe, mayRemember: false);
        for (var time = 0; time < 2; time++)
            await EnsureAsync(RunWorld.Recipe());

        Asked.ShouldBe(3);
        (await _files.Objects.ListAsync("", Token).AnyAsync(Token)).ShouldBeFalse();
    }

    private Task EnsureAsync(Recipe recipe, bool mayRemember = true) =>
        new RehearsedRuns(_files.Objects, Microsoft.Extensions.Options.Options.Create(new RunnerOptions { Path = _program.File("SparsePipeline.Runner") }))
            .EnsureAsync(_runners, recipe, [], mayRemember, Token);

    private void Answer(params StepFailure[] problems) => _runners
        .RunAsync<RehearseRequest, RehearseReply>("", null!, null, Token).ReturnsForAnyArgs(new RehearseReply(problems));
}
