using System.Diagnostics;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Servers;

/// <summary>Servers end with who started them, also when that one was killed and nobody has reaped it yet.</summary>
public sealed class ServerGuardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _started = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var process in _started)
        {
            process.Kill();
            process.Dispose();
        }
        _folder.Dispose();
    }

    [Fact]
    public async Task A_broker_ends_with_a_parent_that_is_dead_and_not_reaped()
    {
        var home = Directory.CreateDirectory(_folder.File("broker")).FullName;
        // What the script takes for a broker: a process with this in its environment.
        var broker = Start("env", $"RABBITMQ_MNESIA_BASE={home}/mnesia", "sleep", "600");
        await File.WriteAllTextAsync(Path.Combine(home, "pid"), broker.Id.ToString(), Token);

        await WatchAsync("broker.sh", ("BROKER_HOME", home), ("BROKER_PARENT", await DeadAsync()), ("BROKER_EPHEMERAL", "1"));

        await broker.WaitForExitAsync(Token);
        Directory.Exists(home).ShouldBeFalse();
    }

    [Fact]
    public async Task An_object_store_ends_with_a_parent_that_is_dead_and_not_reaped()
    {
        var home = Directory.CreateDirectory(_folder.File("store")).FullName;
        await File.WriteAllTextAsync(Path.Combine(home, "port"), "20000", Token);

        await WatchAsync(
            "object-store.sh", ("OBJECT_STORE_HOME", home), ("OBJECT_STORE_PARENT", await DeadAsync()), ("OBJECT_STORE_EPHEMERAL", "1"));

        Directory.Exists(home).ShouldBeFalse();
    }

    [Fact]
    public async Task A_service_that_dies_just_before_it_is_told_to_stop_does_not_end_the_stop_of_the_others()
    {
        Directory.CreateDirectory(_folder.File("services"));
        await File.WriteAllTextAsync(_folder.File("services/pruner-1.pid"), "", Token);
        var services = Path.Combine(RepositoryFolder.Path, "infra", "local", "services.sh");
        // Found once, under a pid that no process can have.
        var script = _folder.File("stop.sh");
        await File.WriteAllTextAsync(
            script,
            $$"""
            #!/usr/bin/env bash
            set -euo pipefail
            . '{{services}}'
            pid_of() { [ ! -e "$home/found" ] && touch "$home/found" && echo 4194305; }
            stop_services pruner-1
            echo stopped
            """,
            Token);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        (await RunAsync(script, "", ("UP_HOME", _folder.Path))).ShouldBe("stopped\n");

        File.Exists(_folder.File("services/pruner-1.pid")).ShouldBeFalse();
    }

    private Process Start(string program, params string[] arguments)
    {
        _started.Add(Process.Start(program, arguments));
        return _started[^1];
    }

    private static Task WatchAsync(string script, params (string Name, string Value)[] environment) =>
        RunAsync(Path.Combine(RepositoryFolder.Path, "infra", "local", script), "watch", environment);

    private static Task<string> RunAsync(string script, string argument, params (string Name, string Value)[] environment) =>
        LocalScript.RunAsync(script, argument, environment.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal), Token);

    // The child ends when its parent has become a program that never reaps.
    private async Task<string> DeadAsync()
    {
        var file = _folder.File("child");
        Start("sh", "-c", $"(until grep -q sleep /proc/$$/comm; do sleep 0.01; done) & echo $! > '{file}'; exec sleep 600");
        while (!File.Exists(file) || !(await File.ReadAllTextAsync(file, Token)).EndsWith('\n'))
            await Task.Delay(10, Token);
        var pid = (await File.ReadAllTextAsync(file, Token)).Trim();
        while (!(await File.ReadAllTextAsync($"/proc/{pid}/status", Token)).Contains("State:\tZ", StringComparison.Ordinal))
            await Task.Delay(10, Token);
        return pid;
    }
}
