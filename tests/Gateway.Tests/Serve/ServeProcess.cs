using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Infrastructure.Access;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Tests.Serve;

/// <summary>A real <c>sparsepipe serve</c> in a process group of its own, runners included, so that all of it can be killed at once.</summary>
internal sealed partial class ServeProcess : IDisposable
{
    private const int Kill = 9;
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;

    private ServeProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts it on a store and waits until it listens.</summary>
    public static async Task<ServeProcess> StartAsync(string store)
    {
        // setsid makes the process the leader of a new group and then becomes it, so its number is the group's.
        var program = Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Cli");
        var start = new ProcessStartInfo("setsid", [program, "serve", "--port", "0", "--runners", "1", "--store", store]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["SPARSEPIPELINE_Gateway__SweepSeconds"] = "0.5";
        // Tests look again and again.
        start.Environment["SPARSEPIPELINE_Gateway__OperatorRate"] = "1000";
        start.Environment["SPARSEPIPELINE_Claims__LeaseSeconds"] = "10";
        start.Environment["SPARSEPIPELINE_Claims__HeartbeatSeconds"] = "2";
        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("gateway: ", StringComparison.Ordinal))
                return new ServeProcess(process, new Uri(line["gateway: ".Length..]));
        }
        throw new InvalidOperationException("It did not start; standard error says why.");
    }

    /// <summary>The token of a new key, made in the store as the command line makes it.</summary>
    public static async Task<string> KeyAsync(string store, string role)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Store:Folder", store)]).Build();
        await using var services = new ServiceCollection().AddLogging().AddSparsePipelineOptions(configuration).AddStores().BuildServiceProvider();
        return (await services.GetRequiredService<AccessKeys>().CreateAsync(new NewKey(role), CancellationToken.None)).Token;
    }

    public HttpClient Client(string token)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Kills all of it as the kernel would.</summary>
    public async Task KillAsync()
    {
        SendSignal(-_process.Id, Kill);
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
    }

    /// <summary>Asks it to stop; returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        SendSignal(_process.Id, Terminate);
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            SendSignal(-_process.Id, Kill);
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
