using SparsePipeline.TestKit;

namespace SparsePipeline.Deployment.Rights;

/// <summary>The users can do what they must: a run that uses all of them.</summary>
public sealed class WholeRunTests(ProvisionedBroker broker, ServedStore store)
{
    [Fact]
    [Trait("Category", "EndToEnd")]
    public async Task A_run_finishes_with_every_service_as_a_user_of_its_own()
    {
        await broker.ReadyAsync();
        await store.ReadyAsync();
        using var folder = new TemporaryFolder();
        var workers = new List<ChildProcess>();
        try
        {
            foreach (var worker in Repository.Workers)
                workers.Add(new ChildProcess(Program($"SparsePipeline.{char.ToUpperInvariant(worker[0])}{worker[1..]}"), [], EnvironmentOf(worker, folder)));

            var run = await ShellScript.RunAsync(
                Program("SparsePipeline.Cli"), ["run", Recipe(folder), "--plain", "--output", folder.File("report")], EnvironmentOf("operator", folder));

            run.ExitCode.ShouldBe(0, run.Output + string.Join('\n', workers.Select(w => w.Output)));
            File.Exists(Path.Combine(folder.File("report"), "report.json")).ShouldBeTrue();
            foreach (var worker in workers)
                worker.Output.ShouldNotContain("ACCESS_REFUSED");
        }
        finally
        {
            foreach (var worker in workers)
                await worker.DisposeAsync();
        }
    }

    private static string Program(string name) => Path.Combine(AppContext.BaseDirectory, name);

    private Dictionary<string, string> EnvironmentOf(string user, TemporaryFolder folder)
    {
        var settings = broker.SettingsOf(user).Concat(store.SettingsOf(user))
            .Append(new("Store:Folder", folder.File(user)))
            .Append(new("Runners:Count", "1")).Append(new("Runners:Path", Program("SparsePipeline.Runner")));
        return settings.ToDictionary(
            s => "SPARSEPIPELINE_" + s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value, StringComparer.Ordinal);
    }

    private static string Recipe(TemporaryFolder folder)
    {
        var file = folder.File("recipe.yaml");
        File.WriteAllText(file, """
            name: rights
            model: { name: mlp }
            data: { name: digits }
            pretraining: { epochs: 2, learningRate: 0.1 }
            sparsification: { sparsity: 0.9, cycles: 1 }
            retraining: { epochs: 1, candidates: 2 }
            soup: { method: greedy }
            evaluation: { baselines: [dense, imp] }
            """);
        return file;
    }
}
