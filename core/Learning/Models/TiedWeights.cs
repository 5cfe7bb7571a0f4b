using SparsePipeline.Checkpoints;
using SparsePipeline.Learning.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>Tensors that a network uses in several places, such as one table for embedding and head: they are trained, pruned and written once.</summary>
/// <remarks>
/// A checkpoint has such a tensor under the name of the use that is pruned, else under the first in ordinal order, and the other names in its
/// metadata, other → written, as <c>safetensors.torch.save_model</c> does and <c>load_model</c> reads.
/// </remarks>
internal sealed class TiedWeights
{
    private TiedWeights(IReadOnlyDictionary<string, torch.Tensor> tensors, IReadOnlyDictionary<string, string> others) =>
        (Tensors, Others) = (tensors, others);

    /// <summary>Every parameter and buffer once, by the name it is written under.</summary>
    public IReadOnlyDictionary<string, torch.Tensor> Tensors { get; }

    /// <summary>The other names of tied tensors, and the names they are written under.</summary>
    public IReadOnlyDictionary<string, string> Others { get; }

    /// <summary>Looks at the memory of every tensor; those of the result belong to the current dispose scope.</summary>
    public static TiedWeights Of(torch.nn.Module network)
    {
        var tensors = network.state_dict();
        var others = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var uses in tensors.Where(t => t.Value.numel() > 0 && t.Value.is_contiguous()).GroupBy(t => (AddressOf(t.Value), t.Value.numel())).Where(g => g.Count() > 1))
        {
            var written = uses.Select(u => u.Key).OrderByDescending(n => IsPruned(n, tensors[n])).ThenBy(n => n, StringComparer.Ordinal).First();
            foreach (var use in uses.Where(u => u.Key != written))
                others.Add(use.Key, written);
        }

        return new(others.Count == 0 ? tensors : tensors.Where(t => !others.ContainsKey(t.Key)).ToDictionary(), others);
    }

    /// <summary>Every parameter of a network once, by the name it is written under, in the network's order.</summary>
    public static IEnumerable<(string Name, Parameter Parameter)> Parameters(torch.nn.Module network)
    {
        using var scope = torch.NewDisposeScope();
        var others = Of(network).Others;
        return [.. network.named_parameters().Select(p => (others.GetValueOrDefault(p.name, p.name), p.parameter)).DistinctBy(p => p.Item1)];
    }

    private static bool IsPruned(string name, torch.Tensor tensor) => PrunableTensors.IsPrunable(new TensorInfo(name, TensorType.F32, [.. tensor.shape]));

    private static unsafe nint AddressOf(torch.Tensor tensor)
    {
        if (!HostMemory.Holds(tensor))
            return tensor.dtype == torch.ScalarType.Int64 ? tensor.storage<long>().data_ptr() : tensor.storage<float>().data_ptr();
        fixed (byte* first = tensor.bytes)
            return (nint)first;
    }
}
