using SparsePipeline.Cli.Settings;
using SparsePipeline.Cli.Store;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Doctor;

/// <summary>Are a few artifacts of the store, drawn by chance, what they should be?</summary>
internal static class SampleCheck
{
    public static async Task<Finding> RunAsync(CommandSettings settings, CancellationToken cancellationToken)
    {
        if (settings.IsFolder && !Directory.Exists(settings.Folder))
            return new Finding("artifacts", IsGood: true, "none yet", "");
        // Who asks waits in front of a terminal: one more try has to do.
        await using var store = LocalStore.Open(settings.With($"{S3Options.Section}:{nameof(S3Options.Retries)}", "1"));
        try
        {
            var sample = await store.Sample.LookAsync(cancellationToken);
            var bad = sample.Problems.Count == 0 ? "" : $": {string.Join(", ", sample.Problems.Select(p => $"{p.Blob!.Digest} is {p.Fault}"))}";
            return new Finding(
                "artifacts", sample.Problems.Count == 0,
                $"{Figures.Count(sample.Blobs)} drawn by chance, {Figures.Bytes(sample.Bytes)}, {Figures.Count(sample.Problems.Count)} of them lost{bad}",
                "`sparsepipe verify --deep` finds all that are lost, `sparsepipe repair DIGEST --yes` has them made again.");
        }
        catch (StoreUnavailableException unavailable)
        {
            return new Finding("artifacts", IsGood: false, unavailable.Message, "");
        }
    }
}
