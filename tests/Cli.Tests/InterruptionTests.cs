using System.Diagnostics;
using System.Runtime.InteropServices;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests;

/// <summary>Ctrl-C on the real program: a terminal sends SIGINT to the whole process group, runners included.</summary>
public sealed partial class InterruptionTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Kill = 9;
    private readonly TemporaryFolder folder = new();
    private Process? _program;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A test that failed has left a training of hours behind.</summary>
    public void Dispose()
    {
        if (_program is { HasExited: false })
            SendSignal(-_program.Id, Kill);
        _program?.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Ctrl_C_once_saves_the_place_and_says_how_to_resume()
    {
        var program = Start();
        await WaitForTrainingAsync(program);
        SendSignal(-program.Id, Interrupt);
        var error = await program.StandardError.ReadToEndAsync(Token);
        await program.WaitForExitAsync(Token);
        program.ExitCode.ShouldBe(ExitCodes.Cancelled);
        error.ShouldContain($"Resume with: sparsepipe run {folder.File("long.yaml")} --store {folder.File("store")}");
    }

    [Fact]
    public async Task Ctrl_C_twice_ends_without_asking()
    {
        var program = Start();
        await WaitForTrainingAsync(program);
        SendSignal(-program.Id, Interrupt);
        (await program.StandardError.ReadLineAsync(Token))!.ShouldStartWith("stopping");
        SendSignal(-program.Id, Interrupt);
        await program.WaitForExitAsync(Token);
        program.ExitCode.ShouldBe(ExitCodes.Cancelled);
    }

    // setsid makes the program the leader of a process group of its own.
    private Process Start()
    {
        var recipe = SmallRecipe.Write(folder.File("long.yaml"), "epochs: 2", "epochs: 5000");
        var program = Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Cli");
        return _program = Process.Start(new ProcessStartInfo("setsid", [program, "run", recipe, "--store", folder.File("store"), "--plain"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
    }

    private static async Task WaitForTrainingAsync(Process program)
    {
        while (await program.StandardOutput.ReadLineAsync(Token) is { } line)
            if (line.EndsWith("start  dense", StringComparison.Ordinal))
                return;
        throw new InvalidOperationException($"The program ended early: {await program.StandardError.ReadToEndAsync(Token)}");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
