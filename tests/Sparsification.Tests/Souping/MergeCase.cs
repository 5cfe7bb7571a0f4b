using System.Text.Json;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests.Souping;

/// <summary>One merge of small networks whose tensors are written down.</summary>
internal static class MergeCase
{
    /// <summary>Merges tensors <c>w</c> of one shape and reads the result back.</summary>
    public static async Task<(float[] Weights, IReadOnlyList<MergedTensor> Figures)> RunAsync(
        Files files, MethodSpec method, long[] shape, float[]? anchor, params float[][] members)
    {
        var output = files.NewPath();
        var figures = await SoupOperation.MergeAsync(
            method,
            [.. members.Select(m => files.Write(("w", shape, m)))],
            anchor is null ? null : files.Write(("w", shape, anchor)),
            mask: null,
            new CheckpointTarget(output),
            TestContext.Current.CancellationToken);
        return (Files.Read(output, "w"), figures);
    }

    public static MethodSpec Method(string name, params (string Name, object Value)[] options)
    {
        var values = new MethodOptions();
        foreach (var (option, value) in options)
            values[option] = JsonSerializer.SerializeToElement(value);
        return new MethodSpec { Name = name, Options = values };
    }
}
