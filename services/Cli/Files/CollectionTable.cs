using SparsePipeline.Infrastructure.Collection;
using SparsePipeline.Reporting;
using Spectre.Console;

namespace SparsePipeline.Cli.Files;

/// <summary>What a collection found and did, for the terminal.</summary>
internal static class CollectionTable
{
    public static void Write(IAnsiConsole console, CollectionReport report, LargestBlobs largest)
    {
        if (report.Deleted.Count > 0)
            WriteLargest(console, largest);
        var table = new Table().Border(TableBorder.Simple).AddColumns("blobs", "count", "size");
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        Add(table, "referred to", report.Referenced);
        Add(table, "within the grace period", report.Young);
        Add(table, report.IsDryRun ? "to delete" : "deleted", report.Deleted);
        console.Write(table);
        console.WriteLine(Besides(report));
        if (report.IsDryRun)
            console.WriteLine("Nothing was deleted; --yes deletes.");
    }

    private static void WriteLargest(IAnsiConsole console, LargestBlobs largest)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("the largest to go", "size", "stored at");
        table.Columns[1].RightAligned();
        foreach (var blob in largest.InOrder())
            table.AddRow(blob.Digest, Figures.Bytes(blob.SizeBytes), blob.StoredAt.ToString("u"));
        console.Write(table);
    }

    private static void Add(Table table, string name, CollectedBlobs blobs) => table.AddRow(name, Figures.Count(blobs.Count), Figures.Bytes(blobs.Bytes));

    private static string Besides(CollectionReport report) =>
        $"{Figures.Count(report.Documents)} documents read; {Figures.Count(report.Forgotten)} outlived resume points and "
        + $"{Figures.Count(report.Aborted)} unfinished uploads {(report.IsDryRun ? "would go" : "went")} too.";
}
