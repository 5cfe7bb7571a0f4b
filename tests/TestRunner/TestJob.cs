using System.Text.Json;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Runner;

namespace SparsePipeline.TestRunner;

/// <summary>A job made of a function over text.</summary>
internal sealed class TestJob(string name, Func<string, IProgress<RunnerProgress>, CancellationToken, Task<string>> run) : IRunnerJob
{
    public string Name => name;

    public async Task<JsonElement> RunAsync(JsonElement request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken) =>
        RunnerProtocol.ToElement(await run(RunnerProtocol.FromElement<string>(request), progress, cancellationToken));
}
