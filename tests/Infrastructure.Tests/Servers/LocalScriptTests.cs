using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Servers;

public sealed class LocalScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_returns_what_the_script_prints_although_a_server_it_left_behind_lives_on()
    {
        var script = Script("echo ready; setsid sleep 600 & echo $! > \"$FOLDER/server\"");

        (await RunAsync(script, Token)).ShouldBe("ready\n");

        await KillAsync("server");
    }

    [Fact]
    public async Task A_script_that_fails_tells_what_it_said() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(Script("echo half; echo 'no port is free' >&2; exit 7"), Token)))
            .Message.ShouldEndWith("ended with 7: half\nno port is free\n");

    [Fact]
    public async Task A_script_nobody_waits_for_any_more_is_killed_with_what_it_started_and_tells_what_it_said()
    {
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var script = Script("echo 'waiting for Godot' >&2; setsid sleep 600 & echo $! > \"$FOLDER/new\"; mv \"$FOLDER/new\" \"$FOLDER/server\"; wait");
        var running = RunAsync(script, impatient.Token);
        while (!File.Exists(_folder.File("server")))
            await Task.Delay(10, Token);

        await impatient.CancelAsync();

        (await Record.ExceptionAsync(() => running)).ShouldBeOfType<OperationCanceledException>().Message.ShouldEndWith("It had said: waiting for Godot\n");
        await GoneAsync(await File.ReadAllTextAsync(_folder.File("server"), Token));
    }

    private string Script(string text)
    {
        var path = _folder.File("script.sh");
        File.WriteAllText(path, "#!/bin/sh\n" + text + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private Task<string> RunAsync(string script, CancellationToken cancellationToken) => LocalScript.RunAsync(
        script, "start", new Dictionary<string, string>(StringComparer.Ordinal) { ["FOLDER"] = _folder.Path }, cancellationToken);

    private async Task KillAsync(string file)
    {
        using var server = System.Diagnostics.Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(_folder.File(file), Token)));
        server.Kill();
    }

    private static async Task GoneAsync(string pid)
    {
        while (Lives(pid.Trim()))
            await Task.Delay(10, Token);
    }

    private static bool Lives(string pid)
    {
        try
        {
            // Dead, though perhaps not reaped: whoever inherited it does that.
            return !File.ReadAllText($"/proc/{pid}/status").Contains("State:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
