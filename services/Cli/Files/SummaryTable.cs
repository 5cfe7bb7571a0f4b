using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Reports;
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
        console.WriteLine($"  digest:     {summary.ContentDigest ?? "none: several files"}");
        console.WriteLine($"  structure:  {summary.StructureDigest}");
        console.WriteLine($"  mask:       {summary.MaskDigest ?? "stored elsewhere"}");
        foreach (var (other, name) in summary.Tied)
            console.WriteLine($"  tied:       {other} is {name}");
        console.Write(Tensors(summary));
    }

    private static Table Tensors(CheckpointSummary summary)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("tensor", "type", "shape", "count", "zero", "prunable");
        table.Columns[3].RightAligned();
        table.Columns[4].RightAligned();
        foreach (var tensor in summary.Tensors)
            table.AddRow(
                Markup.Escape(tensor.Name),
                Markup.Escape(tensor.Type),
                Markup.Escape($"[{string.Join(", ", tensor.Shape)}]"),
                Figures.Count(tensor.Count),
                Figures.Percent(tensor.Sparsity),
                tensor.Prunable ? "yes" : tensor.LeftOutAs is { } role ? $"no: {role}" : "");
        return table;
    }
}
