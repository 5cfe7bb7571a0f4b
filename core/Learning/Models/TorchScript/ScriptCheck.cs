using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Models.TorchScript;

/// <summary>Finds out whether a script can be trained, pruned and averaged like a network of ours.</summary>
internal static class ScriptCheck
{
    private const int Examples = 2;

    /// <exception cref="DomainException">It cannot; every tensor in the way is named.</exception>
    public static void Run(TorchScriptNetwork network, string file, InputShape input)
    {
        var problems = Problems(network, ScriptFile.TensorSizes(file)).ToList();
        if (problems.Count > 0)
            throw ScriptFailure.Because(string.Join("; ", problems), "Change the module and script it again.");
        ScriptKind.Ensure(network.state_dict());
        Probe(network, input);
    }

    /// <summary>Holds the weights that came with the script to what checkpoints are held to.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>, naming every such tensor.</exception>
    public static void EnsureFinite(TorchScriptNetwork network)
    {
        using var scope = torch.NewDisposeScope();
        var names = network.state_dict().Where(t => HostMemory.Read<byte>(t.Value.isfinite().all()) == 0).Select(t => t.Key).Order(StringComparer.Ordinal).ToList();
        if (names.Count > 0)
            throw new DomainException(
                FailureCodes.NotFinite,
                $"Model torchscript has values that are not finite in '{string.Join("', '", names)}'.",
                "Save the script with finite weights, or give others by pretraining.weights.");
    }

    private static IEnumerable<string> Problems(TorchScriptNetwork network, IReadOnlyDictionary<long, int> records)
    {
        if (!network.named_parameters().Any(p => p.parameter.requires_grad))
            yield return "has no parameters to train";
        var tensors = network.state_dict().OrderBy(t => t.Key, StringComparer.Ordinal).ToList();
        var cutShort = CutShort(tensors.Select(t => t.Value).Where(IsKnown), records);
        var usable = tensors.Where(t => Problem(t.Value, cutShort) is null).ToList();
        foreach (var (name, tensor) in tensors)
            if (Problem(tensor, cutShort) is { } problem)
                yield return $"has '{name}', {problem}";
        for (var i = 0; i < usable.Count; i++)
            foreach (var (name, tensor) in usable.Skip(i + 1))
                if (tensor.bytes.Overlaps(usable[i].Value.bytes, out var offset) && !(offset == 0 && tensor.shape.SequenceEqual(usable[i].Value.shape)))
                    yield return $"has '{usable[i].Key}' and '{name}' in the same memory and not as one tensor, which would be trained and pruned twice";
    }

    private static string? Problem(torch.Tensor tensor, HashSet<long> cutShort)
    {
        if (!IsKnown(tensor))
            return $"which is {tensor.dtype} and not Float32 (or Int64, for counters)";
        if (!tensor.is_contiguous())
            return "which is not contiguous";
        return cutShort.Contains(MemoryOf(tensor).Bytes) ? "whose values are not all in the file" : null;
    }

    private static bool IsKnown(torch.Tensor tensor) => tensor.dtype is torch.ScalarType.Float32 or torch.ScalarType.Int64;

    /// <summary>
    /// Sizes of which the file holds fewer tensors than it says: libtorch believes what it says, and reading one that is shorter would read
    /// foreign memory. Which of several equally large ones is short cannot be told from here.
    /// </summary>
    private static HashSet<long> CutShort(IEnumerable<torch.Tensor> tensors, IReadOnlyDictionary<long, int> records) =>
        [.. tensors.Select(MemoryOf).Distinct().CountBy(m => m.Bytes).Where(s => s.Value > records.GetValueOrDefault(s.Key)).Select(s => s.Key)];

    private static (nint Address, long Bytes) MemoryOf(torch.Tensor tensor)
    {
        return tensor.dtype == torch.ScalarType.Float32 ? Of(tensor.storage<float>()) : Of(tensor.storage<long>());

        static (nint, long) Of<T>(torch.Storage<T> storage)
            where T : unmanaged => (storage.data_ptr(), (long)storage.nbytes());
    }

    /// <summary>Two equal batches of zeros in evaluation mode: they fit, come out alike and leave no trace.</summary>
    private static void Probe(TorchScriptNetwork network, InputShape input)
    {
        network.eval();
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var before = Bytes(network);
        var inputs = BatchReader.Empty(Examples, input).zero_();
        var first = network.call(inputs).contiguous();
        var second = network.call(inputs).contiguous();
        var changed = Bytes(network).Where(t => !t.Value.AsSpan().SequenceEqual(before[t.Key])).Select(t => t.Key).Order(StringComparer.Ordinal).ToList();
        if (changed.Count > 0 || !first.bytes.SequenceEqual(second.bytes))
            throw ScriptFailure.Because(
                changed.Count > 0 ? $"changes '{string.Join("', '", changed)}' in evaluation mode" : "gives other outputs for the same inputs in evaluation mode",
                "Make it with torch.jit.script, or trace it after model.eval(): a trace keeps the mode it was made in.");
    }

    private static Dictionary<string, byte[]> Bytes(TorchScriptNetwork network) =>
        network.state_dict().ToDictionary(t => t.Key, t => t.Value.bytes.ToArray());
}
