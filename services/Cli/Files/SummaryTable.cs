using SparsePipeline.Checkpoints;
using SparsePipeline.Reporting;
using Spectre.Console;

namespace SparsePipeline.Cli.Files;

/// <summary>An inspected file for the terminal.</summary>
internal static class SummaryTable
{
    public static void Write(IAnsiConsole console, string path, CheckpointSummary summary)
    {
        console.WriteLine($"{path}: {summary.Kind}, {Figures.Bytes(summary.SizeBytes)} in {summary.Shards} file(s)");
        if (summary.Evidence is { } evidence)
            console.WriteLine($"  kind:       {evidence}{(summary.Packs is { } packs ? $"; packed is: {packs}" : "")}");
        console.WriteLine($"  parameters: {Figures.Count(summary.Parameters)}, {Figures.Percent(summary.GlobalSparsity)} zero; "
            + $"prunable: {Figures.Count(summary.PrunableParameters)}, {Figures.Percent(summary.PrunableSparsity)} zero");
        if (Carried(summary) is { Length: > 0 } carried)
            console.WriteLine($"  carried as they are, not computed with: {carried}");
        console.WriteLine($"  digest:     {summary.ContentDigest ?? "none: several files"}");
        console.WriteLine($"  structure:  {summary.StructureDigest}");
        console.WriteLine($"  mask:       {summary.MaskDigest ?? "stored elsewhere"}");
        foreach (var (other, name) in summary.Tied)
            console.WriteLine($"  tied:       {other} is {name}");
        console.Write(Tensors(summary));
    }

    private static string Carried(CheckpointSummary summary) => string.Join(", ", summary.Tensors
        .Where(t => !t.Prunable && !TensorTypes.IsComputedWith(t.Type))
        .GroupBy(t => t.Type, StringComparer.Ordinal)
        .Select(g => $"{g.Key} ({g.Count()}, {Figures.Bytes(g.Sum(t => t.SizeBytes))})"));

    private static Table Tensors(CheckpointSummary summary)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("tensor", "type", "shape", "count", "bytes", "zero", "prunable");
        foreach (var column in table.Columns.Skip(3).Take(3))
            column.RightAligned();
        foreach (var tensor in summary.Tensors)
            table.AddRow(
                Markup.Escape(tensor.Name),
                Markup.Escape(tensor.Type),
                Markup.Escape($"[{string.Join(", ", tensor.Shape)}]"),
                Figures.Count(tensor.Count),
                Figures.Count(tensor.SizeBytes),
                tensor.Sparsity is { } sparsity ? Figures.Percent(sparsity) : "not counted",
                tensor.Prunable ? "yes" : tensor.LeftOutAs is { } role ? $"no: {role}" : "");
        return table;
    }
}
