using SparsePipeline.TestKit;

namespace SparsePipeline.EndToEnd;

/// <summary>kill -9 and Ctrl-C at the whole process group, then the same command again.</summary>
[Trait("Category", "EndToEnd")]
public sealed class CrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_run_killed_again_and_again_ends_in_the_digests_of_an_undisturbed_one(int seed)
    {
        var recipe = Recipes.Write(_folder);
        var undisturbed = await Summary.OfAsync(recipe, _folder.File("undisturbed"));
        var store = _folder.File("killed");
        var random = new Random(seed);

        for (var kill = 0; kill < 5; kill++)
            await KillAfterAsync(recipe, store, lines: random.Next(1, 16), delay: random.Next(30));

        (await Summary.OfAsync(recipe, store)).Digests.ShouldBe(undisturbed.Digests);
    }

    [Fact]
    public async Task Ctrl_C_saves_the_training_at_the_end_of_its_epoch_and_the_next_run_goes_on_from_there()
    {
        // Seconds of dense training, so that the signal at its first sign of life meets it; a fast one may not tell of every epoch.
        const int Epochs = 300;
        var recipe = Recipes.Write(_folder, cycles: 1, epochs: Epochs);
        var undisturbed = await Summary.OfAsync(recipe, _folder.File("undisturbed"));
        var store = _folder.File("interrupted");
        using (var run = RunProcess.Start(recipe, store))
        {
            (await run.WaitForAsync(line => line.Contains("epoch ", StringComparison.Ordinal))).ShouldBeTrue();
            run.Signal(RunProcess.Interrupt);
            (await run.EndAsync()).ShouldBe(130);
        }

        using var resumed = RunProcess.Start(recipe, store);
        (await resumed.WaitForAsync(line => line.Contains("epoch ", StringComparison.Ordinal))).ShouldBeTrue();
        resumed.Lines[^1].ShouldNotContain($"epoch 1/{Epochs}");
        (await resumed.EndAsync()).ShouldBe(0);
        (await Summary.OfAsync(recipe, store)).Digests.ShouldBe(undisturbed.Digests);
    }

    // Counting lines instead of seconds kills at the same places on fast and slow machines; the delay is for the places between.
    private static async Task KillAfterAsync(string recipe, string store, int lines, int delay)
    {
        using var run = RunProcess.Start(recipe, store, checkpointSeconds: 0);
        var seen = 0;
        await run.WaitForAsync(_ => ++seen >= lines);
        await Task.Delay(delay, TestContext.Current.CancellationToken);
        run.Signal(RunProcess.Kill);
        await run.EndAsync();
    }
}
