using SparsePipeline.Checkpoints;

namespace SparsePipeline.TestKit;

/// <summary>Masks from texts of ones and zeros: <c>Masks.Of(("fc.weight", [2, 3], "101 011"))</c>; blanks are ignored.</summary>
public static class Masks
{
    public static SparsityMask Of(params (string Name, long[] Shape, string Bits)[] tensors) =>
        new(tensors.Select(t => Tensor(t.Name, t.Shape, t.Bits)));

    public static TensorMask Tensor(string name, long[] shape, string bits)
    {
        var kept = bits.Where(b => b is '0' or '1').Select(b => b == '1').ToArray();
        var words = new ulong[TensorMask.WordsFor(kept.Length)];
        for (var i = 0; i < kept.Length; i++)
            words[i / 64] |= (kept[i] ? 1UL : 0) << (i % 64);
        return new TensorMask(name, [.. shape], [.. words]);
    }
}
