using System.Diagnostics;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>How a runner is started.</summary>
internal sealed class RunnerStart(IOptions<RunnerOptions> options, StoreFolder store)
{
    /// <summary>Changes the runner's environment besides.</summary>
    public Action<IDictionary<string, string?>>? Environment { get; init; }

    /// <summary>The runner gets the store and its thread count through its environment.</summary>
    public ProcessStartInfo Create()
    {
        var threads = options.Value.Threads.ToString();
        var start = new ProcessStartInfo(RunnerLocation.Find(options.Value))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = RunnerProtocol.Encoding,
            StandardOutputEncoding = RunnerProtocol.Encoding,
            StandardErrorEncoding = RunnerProtocol.Encoding,
        };
        start.Environment["SPARSEPIPELINE_Store__Folder"] = store.Root;
        start.Environment["SPARSEPIPELINE_Runners__Threads"] = threads;
        // Read by OpenMP when libtorch is loaded, which is earlier than any call could come.
        start.Environment["OMP_NUM_THREADS"] = threads;
        if (RunnerLocation.DotnetRoot() is { } root)
            start.Environment.TryAdd("DOTNET_ROOT", root);
        Environment?.Invoke(start.Environment);
        return start;
    }
}
