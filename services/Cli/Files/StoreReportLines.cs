using SparsePipeline.Infrastructure.Verification;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Files;

/// <summary>What was found of a store, for the terminal.</summary>
internal static class StoreReportLines
{
    public static void Write(Invocation invocation, StoreReport report)
    {
        foreach (var problem in report.Problems)
            invocation.Say($"FAIL {problem.Fault}: {(problem.Blob is { } blob ? $"{blob.Digest} ({Figures.Bytes(blob.SizeBytes)}), which {problem.Document} refers to" : problem.Document)}");
        invocation.Say(
            $"{(report.Problems.Count == 0 ? "ok  " : "FAIL")} {Figures.Count(report.Blobs)} blobs of {Figures.Bytes(report.Bytes)} that {Figures.Count(report.Documents)} documents refer to: "
            + $"{(report.IsDeep ? "every byte was hashed" : "existence and size; --deep reads them, too")}; {Figures.Count(report.Problems.Count)} problems."
            + (report.Problems.Count == 0 ? "" : " `sparsepipe repair DIGEST` has what is lost made again."));
    }
}
