using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Looks at how small a checkpoint is.</summary>
public static class CheckpointCompression
{
    /// <summary>Reads the zeros of every prunable tensor, and lays every export out without writing it.</summary>
    /// <param name="source">A checkpoint.</param>
    /// <param name="script">The file of the model it is of, which says which tensors are what; null judges them by name and shape.</param>
    public static CompressionReport Of(StateDict source, string? script = null)
    {
        var selection = script is null ? TensorSelection.Default : ScriptRoles.Into(TensorSelection.Default, script);
        var output = OutputLayer.Of(source.Tensors, selection);
        var layers = PrunableTensors.Select(source.Tensors, selection).Select(t => Of(source, t)).ToList();
        return new CompressionReport
        {
            Layers = layers,
            Alarms = [.. layers.Select(l => CollapseAlarm.Of(l, l.Name == output)).OfType<string>()],
            Exports = new ExportSizes(
                StateDictWriter.SizeOf(source.Tensors, source.Metadata), PackedCheckpoint.SizeOf(source), MaskFile.SizeOf(PrunableTensors.Select(source.Tensors, selection))),
        };
    }

    /// <summary>The same of a tensor a mask covers, by the mask.</summary>
    public static LayerCompression Of(TensorMask mask) =>
        new(mask.Name, mask.Kept, mask.Count, mask.Shape[0], DeadRows.Count(mask.Words, mask.Shape[0], mask.Count));

    private static LayerCompression Of(StateDict source, TensorInfo tensor)
    {
        var words = new ulong[TensorMask.WordsFor(tensor.Count)];
        foreach (var (start, count) in TensorPieces.Of(tensor.Count))
        {
            var size = tensor.Type.ByteSize();
            ZeroBits.NonZeros(
                tensor.Type, source.Bytes(tensor.Name, start * size, count * size), words.AsSpan((int)(start / 64), TensorMask.WordsFor(count)));
            source.Release(tensor.Name, start, count);
        }

        return new(tensor.Name, BitCount.Of(words), tensor.Count, tensor.Shape[0], DeadRows.Count(words, tensor.Shape[0], tensor.Count));
    }
}
