using System.Diagnostics;

namespace SparsePipeline.Chaos.Processes;

/// <summary>The undisturbed run everything is compared with: one process, no broker, no object store, no faults.</summary>
internal static class EmbeddedRun
{
    /// <summary>Digest per node.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> DigestsAsync(ChaosRecipe recipe, string storeFolder, CancellationToken cancellationToken)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Standalone");
        using var process = Process.Start(new ProcessStartInfo(program, [recipe.File, storeFolder]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        process.ExitCode.ShouldBe(0, output);
        return output.Split('\n').Select(l => l.Split(' ')).Where(w => w is [_, _, { Length: 64 }] && w[0] != "started").ToDictionary(w => w[0], w => w[2]);
    }
}
