using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests;

/// <summary>Squared gradients of checkpoints, for soups that go by them.</summary>
internal static class MadeGradients
{
    /// <summary>Some that follow from the weights; null for soups that look at none.</summary>
    public static string? For(Files files, string soup, string checkpoint)
    {
        if (!Soups.Registry.Find(soup).Info.Needs.HasFlag(MethodNeeds.Gradients))
            return null;
        using var state = StateDict.Open(checkpoint);
        return Write(files, examples: 4, [.. state.Tensors.Where(t => t.IsFloat).Select(t => (t.Name, Squares(state, t)))]);
    }

    /// <summary>A file of sums of squared gradients.</summary>
    public static string Write(Files files, long examples, params (string Name, double[] Squares)[] tensors)
    {
        var path = files.NewPath("gradients");
        using var writer = StatisticsWriter.Create(path, [], [.. tensors.Select(t => new ParameterGradients(t.Name, examples, new double[t.Squares.Length], t.Squares))]);
        writer.Complete();
        return path;
    }

    private static double[] Squares(StateDict state, TensorInfo tensor)
    {
        var weights = new double[tensor.Count];
        state.ReadDoubles(tensor.Name, 0, weights);
        return Array.ConvertAll(weights, w => double.IsFinite(w) ? Math.Abs(w) : 1);
    }
}
