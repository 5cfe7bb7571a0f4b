namespace SparsePipeline.Sparsification.Tests;

/// <summary>A folder of small checkpoints that goes away with the test.</summary>
public sealed class Files : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();
    private int _count;

    public string Folder => _folder.Path;

    public string NewPath(string kind = "safetensors") => _folder.File($"{_count++}.{kind}");

    /// <summary>A file of F32 tensors.</summary>
    public string Write(params (string Name, long[] Shape, float[] Values)[] tensors) => Write(TensorType.F32, tensors);

    public string Write(TensorType type, params (string Name, long[] Shape, float[] Values)[] tensors)
    {
        var builder = new StateDictBuilder();
        foreach (var (name, shape, values) in tensors)
            builder.Floats(name, type, shape, values);
        return builder.Save(NewPath());
    }

    /// <summary>A file of one F64 tensor, <c>a.weight</c>.</summary>
    public string WriteDoubles(long[] shape, params double[] values) => new StateDictBuilder().Doubles("a.weight", shape, values).Save(NewPath());

    public static double[] ReadDoubles(string path, string name)
    {
        using var state = StateDict.Open(path);
        var values = new double[state.Find(name)!.Count];
        state.ReadDoubles(name, 0, values);
        return values;
    }

    public static float[] Read(string path, string name)
    {
        using var state = StateDict.Open(path);
        var values = new float[state.Find(name)!.Count];
        state.ReadFloats(name, 0, values);
        return values;
    }

    /// <summary>A mask as ones and zeros.</summary>
    public static string Bits(SparsityMask mask, string name)
    {
        var tensor = mask.Find(name)!;
        return string.Concat(Enumerable.Range(0, (int)tensor.Count).Select(i => tensor.IsKept(i) ? '1' : '0'));
    }

    public void Dispose() => _folder.Dispose();
}
