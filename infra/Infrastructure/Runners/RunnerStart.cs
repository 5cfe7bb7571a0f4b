using System.Diagnostics;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>How a runner is started.</summary>
internal sealed class RunnerStart(
    IOptions<RunnerOptions> options, StoreFolder folder, IOptions<StoreOptions> store, IOptions<S3Options> s3)
{
    /// <summary>Changes the runner's environment besides.</summary>
    public Action<IDictionary<string, string?>>? Environment { get; init; }

    /// <summary>The runner gets the store, its thread count and its device through its environment.</summary>
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
        PassOn(start.Environment);
        start.Environment["SPARSEPIPELINE_Runners__Threads"] = threads;
        start.Environment["SPARSEPIPELINE_Runners__Device"] = options.Value.Device;
        // Read by OpenMP when libtorch is loaded, which is earlier than any call could come.
        start.Environment["OMP_NUM_THREADS"] = threads;
        if (RunnerLocation.DotnetRoot() is { } root)
            start.Environment.TryAdd("DOTNET_ROOT", root);
        Environment?.Invoke(start.Environment);
        return start;
    }

    // Whatever this process took its settings from: a command line would show the keys of the bucket to everybody.
    private void PassOn(IDictionary<string, string?> environment)
    {
        foreach (var (name, value) in OptionsEnvironment.Of(StoreOptions.Section, store.Value))
            Set(environment, name, value);
        foreach (var (name, value) in OptionsEnvironment.Of(S3Options.Section, s3.Value))
            Set(environment, name, value);
        environment["SPARSEPIPELINE_Store__Folder"] = folder.Root;
    }

    private static void Set(IDictionary<string, string?> environment, string name, string? value)
    {
        if (value is null)
            environment.Remove(name);
        else
            environment[name] = value;
    }
}
