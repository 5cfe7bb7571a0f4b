using System.Diagnostics;

namespace SparsePipeline.Infrastructure.Tests.Artifacts;

/// <summary>Another process at the same store.</summary>
internal sealed class SecondProcess : IDisposable
{
    private readonly Process _process;

    public SecondProcess(string command, TemporaryStore store, params string[] arguments) =>
        _process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "SparsePipeline.StoreProcess"), [command, store.Folder.Root, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    public void Say() => _process.StandardInput.WriteLine();

    public async Task<string?> HearAsync() => await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>All it prints until it ends.</summary>
    public async Task<(string Output, string Errors)> ListenAsync()
    {
        var errors = _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        return (await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), await errors);
    }

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>kill -9, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
