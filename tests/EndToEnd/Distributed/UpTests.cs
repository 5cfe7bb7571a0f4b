using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.EndToEnd.Distributed;

/// <summary><c>make up</c> and <c>make down</c> as people use them, in a folder and on ports of their own.</summary>
[Trait("Category", "EndToEnd")]
public sealed class UpTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _extra = new(StringComparer.Ordinal);

    // So that no other program of this machine, and no other test, is in its way.
    private readonly string _door = $"http://127.0.0.1:{FreePort.Next()}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Dictionary<string, string> Environment => new(_extra, StringComparer.Ordinal)
    {
        ["UP_HOME"] = _folder.File("up"),
        ["UP_BUILD"] = "0",
        ["CONFIGURATION"] = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug",
        ["SPARSEPIPELINE_PROFILES"] = _folder.File("profiles"),
        ["GATEWAY_PORT"] = new Uri(_door).Port.ToString(),
        ["OBJECT_STORE_KIND"] = "memstore",
        // What is being looked at must not depend on how busy the machine is.
        ["READY_SECONDS"] = "300",
    };

    public ValueTask InitializeAsync()
    {
        if ((BrokerProcess.Missing ?? ObjectStoreProcess.Missing) is { } reason)
            MissingServer.Skip(reason);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await ScriptAsync("down.sh");
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_up_stays_what_died_comes_back_and_down_leaves_nothing()
    {
        (await ScriptAsync("up.sh")).ShouldContain("all ready");
        ShouldKeepSecrets();
        var first = Pids();
        Process.GetProcessById(first["trainer-1"]).Kill(entireProcessTree: true);

        (await ScriptAsync("up.sh")).ShouldContain("all ready");
        var second = Pids();
        await ShouldPublishAsync();
        (await ScriptAsync("status.sh")).ShouldContain($"door {_door}");
        (await ScriptAsync("status.sh")).Split('\n').Count(line => line.Contains(" ready, process ", StringComparison.Ordinal)).ShouldBe(5);
        await ScriptAsync("down.sh");

        second["trainer-1"].ShouldNotBe(first["trainer-1"]);
        second.Where(p => p.Key != "trainer-1").ShouldBe(first.Where(p => p.Key != "trainer-1"), ignoreOrder: true);
        Pids().ShouldBeEmpty();
        second.Values.ShouldAllBe(pid => !IsAlive(pid));
        File.Exists(_folder.File("profiles/distributed.settings.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_service_that_runs_with_other_settings_than_are_wanted_is_started_again_and_named()
    {
        _extra["SPARSEPIPELINE_Claims__LeaseSeconds"] = "90";
        await ScriptAsync("up.sh");
        var first = Pids();
        (await ScriptAsync("up.sh")).ShouldNotContain("started again");
        Pids().ShouldBe(first, ignoreOrder: true);

        _extra["SPARSEPIPELINE_Claims__LeaseSeconds"] = "120";
        var said = await ScriptAsync("up.sh");

        said.ShouldContain("up: trainer-1 is started again (other settings: Claims:LeaseSeconds)");
        said.ShouldContain("up: pruner-1 is started again (other settings: Claims:LeaseSeconds)");
        var second = Pids();
        second.Values.ShouldAllBe(pid => !first.Values.Contains(pid));
        foreach (var pid in second.Values)
            File.ReadAllText($"/proc/{pid}/environ").Split('\0').ShouldContain("SPARSEPIPELINE_Claims__LeaseSeconds=120");

        _extra.Remove("SPARSEPIPELINE_Claims__LeaseSeconds");
        (await ScriptAsync("up.sh")).ShouldContain("up: souper-1 is started again (other settings: Claims:LeaseSeconds)");
        foreach (var pid in Pids().Values)
            File.ReadAllText($"/proc/{pid}/environ").ShouldNotContain("LeaseSeconds");
    }

    // With the key that `make up` says how to make, from a program that knows nothing of .NET: the run it starts goes to its end.
    private async Task ShouldPublishAsync()
    {
        var (recipe, key, file) = (_folder.File("recipe.yaml"), _folder.File("key"), _folder.File("net.safetensors"));
        new StateDictBuilder().Random("layers.0.weight", [16, 64], 1).Random("layers.0.bias", [16], 2).Random("layers.1.weight", [10, 16], 3).Random("layers.1.bias", [10], 4).Save(file);
        await File.WriteAllTextAsync(recipe, """
            name: published
            model: { name: mlp, options: { hidden: [16] } }
            data: { name: digits, limit: 200 }
            pretraining: { epochs: 0 }
            sparsification: { sparsity: 0.5, cycles: 1 }
            retraining: { epochs: 1, candidates: 2, peakLearningRate: 0.05 }
            evaluation: { baselines: [] }
            """, Token);
        await File.WriteAllTextAsync(key, await RunAsync(Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Cli"), "keys", "create", "--role", "operator", "--profile", "distributed"), Token);
        using var client = new HttpClient { BaseAddress = new Uri(_door) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(key, Token)).Trim());
        using var put = new HttpRequestMessage(HttpMethod.Put, "/v1/recipes/published") { Content = new StringContent(await File.ReadAllTextAsync(recipe, Token), Encoding.UTF8, "application/yaml") };
        put.Headers.TryAddWithoutValidation("If-None-Match", "*");
        (await client.SendAsync(put, Token)).EnsureSuccessStatusCode();

        await RunAsync("/usr/bin/python3", "-B", Path.Combine(RepositoryFolder.Path, "examples", "publish", "sparsepipeline_publish.py"), _door, key, file, "digits", "published");

        while (true)
        {
            var runs = (await client.GetFromJsonAsync<JsonElement>("/v1/runs", Token)).GetProperty("items").EnumerateArray().Select(run => run.GetProperty("state").GetString()).ToList();
            if (runs is [not "unfinished" and var state])
            {
                state.ShouldBe("finished");
                return;
            }
            await Task.Delay(200, Token);
        }
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = _folder.Path };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        process.ExitCode.ShouldBe(0, program);
        return output;
    }

    private void ShouldKeepSecrets()
    {
        var profile = _folder.File("profiles/distributed.settings.json");
        File.GetUnixFileMode(profile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach (var secret in (string[])["up/broker/password", "up/object-store/secret-key"])
        {
            File.ReadAllText(profile).ShouldContain(_folder.File(secret));
            File.ReadAllText(profile).ShouldNotContain(File.ReadAllText(_folder.File(secret)).Trim());
        }
    }

    private Dictionary<string, int> Pids() => Directory.GetFiles(_folder.File("up/services"), "*.pid").ToDictionary(
        file => Path.GetFileNameWithoutExtension(file), file => int.Parse(File.ReadAllText(file).Split(' ')[0]), StringComparer.Ordinal);

    // What has ended stays in the list of processes until init takes note of it.
    private static bool IsAlive(int pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private Task<string> ScriptAsync(string name) => LocalScript.RunAsync(
        Path.Combine(RepositoryFolder.Path, "infra", "local", name), "", Environment, TestContext.Current.CancellationToken);
}
