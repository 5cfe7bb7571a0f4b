using SparsePipeline.Checkpoints;

namespace SparsePipeline.Cli.Tests;

/// <summary>Writes real safetensors files of two layers with numbers one can follow.</summary>
internal static class SmallCheckpoint
{
    /// <summary><c>a.weight</c> [2, 4] holds 1 … 8 times the scale with alternating signs, <c>a.bias</c> [2] is the scale.</summary>
    public static string Write(string path, float scale = 1)
    {
        using var writer = StateDictWriter.Create(path, [TensorInfo.Of("a.weight", TensorType.F32, 2, 4), TensorInfo.Of("a.bias", TensorType.F32, 2)]);
        for (var i = 0; i < 8; i++)
            writer.Floats("a.weight", i, 1)[0] = (i % 2 == 0 ? 1 : -1) * (i + 1) * scale;
        writer.Floats("a.bias", 0, 2).Fill(scale);
        writer.Complete();
        return path;
    }

    public static float[] Read(string path, string tensor)
    {
        using var state = StateDict.Open(path);
        return state.Floats(tensor, 0, (int)state.Find(tensor)!.Count).ToArray();
    }
}
