using SparsePipeline.Checkpoints;

namespace SparsePipeline.TestKit;

/// <summary>Builds small state dicts: <c>new StateDictBuilder().Floats("fc.weight", [2, 3], 1, 2, 3, 4, 5, 6).Save(path)</c>.</summary>
public sealed class StateDictBuilder
{
    private readonly List<(TensorInfo Info, Action<StateDictWriter> Write)> _tensors = [];
    private readonly Dictionary<string, string> _metadata = [];

    public StateDictBuilder Floats(string name, long[] shape, params float[] values) => Floats(name, TensorType.F32, shape, values);

    /// <summary>Floats stored in the given floating-point type, rounded to nearest.</summary>
    public StateDictBuilder Floats(string name, TensorType type, long[] shape, params float[] values) =>
        Add(new TensorInfo(name, type, [.. shape]), values.Length, w => w.WriteFloats(name, 0, values));

    /// <summary>F64.</summary>
    public StateDictBuilder Doubles(string name, long[] shape, params double[] values) =>
        Add(new TensorInfo(name, TensorType.F64, [.. shape]), values.Length, w => w.WriteDoubles(name, 0, values));

    public StateDictBuilder Raw(string name, TensorType type, long[] shape, params byte[] bytes)
    {
        var info = new TensorInfo(name, type, [.. shape]);
        return AddBytes(info, bytes);
    }

    /// <summary>A tensor of a type that is not known here.</summary>
    public StateDictBuilder Unknown(string name, string typeName, long[] shape, params byte[] bytes) =>
        AddBytes(TensorInfo.OfUnknown(name, typeName, [.. shape], bytes.Length), bytes);

    /// <summary>Seeded values, uniform in [−1, 1), none of them zero.</summary>
    public StateDictBuilder Random(string name, long[] shape, int seed)
    {
        var random = new Random(seed);
        var values = new float[new TensorInfo(name, TensorType.F32, [.. shape]).Count];
        foreach (ref var value in values.AsSpan())
            value = random.Next(-1000, 1000) is var n && n < 0 ? n / 1000f : (n + 1) / 1000f;
        return Floats(name, shape, values);
    }

    public StateDictBuilder Metadata(string key, string value)
    {
        _metadata.Add(key, value);
        return this;
    }

    public string Save(string path)
    {
        using var writer = StateDictWriter.Create(path, [.. _tensors.Select(t => t.Info)], _metadata);
        foreach (var (_, write) in _tensors)
            write(writer);
        writer.Complete();
        return path;
    }

    private StateDictBuilder AddBytes(TensorInfo info, byte[] bytes) => bytes.Length == info.ByteLength
        ? Add(info, info.Count, w => bytes.CopyTo(w.Bytes(info.Name, 0, bytes.Length)))
        : throw new ArgumentException($"{bytes.Length} bytes for {info}.", nameof(bytes));

    private StateDictBuilder Add(TensorInfo info, long given, Action<StateDictWriter> write)
    {
        if (given != info.Count)
            throw new ArgumentException($"{given} values for {info}.", nameof(given));
        _tensors.Add((info, write));
        return this;
    }
}
