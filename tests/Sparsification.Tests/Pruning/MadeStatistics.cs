using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

/// <summary>Statistics of inputs that somebody wrote down, or that are drawn for the layers of a checkpoint.</summary>
internal static class MadeStatistics
{
    /// <summary>Of one layer with these inputs, one row per example.</summary>
    public static LayerStatistics Of(string tensor, double[][] inputs)
    {
        var columns = inputs[0].Length;
        var products = new double[columns * columns];
        foreach (var row in inputs)
            for (var i = 0; i < products.Length; i++)
                products[i] += row[i / columns] * row[i % columns];
        double[] sums = [.. Enumerable.Range(0, columns).Select(c => inputs.Sum(row => row[c]))];
        return new LayerStatistics(tensor, inputs.Length, sums, [.. Enumerable.Range(0, columns).Select(c => products[(c * columns) + c])], products);
    }

    public static StatisticsFile Open(Files files, params LayerStatistics[] layers)
    {
        var path = files.NewPath("statistics");
        StatisticsFile.Write(path, layers);
        return StatisticsFile.Open(path);
    }

    /// <summary>The request with whatever its pruner goes by, drawn for all layers of the checkpoint; ties between weights are the rule, so some inputs are alike.</summary>
    public static PruneRequest For(Files files, string checkpoint, PruneRequest request)
    {
        if (!Pruners.Registry.Find(request.Method.Name).Info.Needs.HasFlag(MethodNeeds.Statistics))
            return request;
        using var state = StateDict.Open(checkpoint);
        return request with
        {
            Statistics = Open(files, [.. PrunableTensors.Select(state.Tensors, request.Tensors).Select(t => Of(t.Name, Drawn(t.Name, (int)(t.Count / Math.Max(1, t.Shape[0])))))]),
        };
    }

    private static double[][] Drawn(string name, int columns)
    {
        var random = new Random((int)(SeedDerivation.Derive(1, name) % int.MaxValue));
        return [.. Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, columns).Select(_ => (double)random.Next(-2, 3)).ToArray())];
    }
}
