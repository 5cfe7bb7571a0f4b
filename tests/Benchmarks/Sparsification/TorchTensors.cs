using SparsePipeline.Checkpoints;
using TorchSharp;

namespace SparsePipeline.Benchmarks;

internal static class TorchTensors
{
    /// <summary>A flat copy of a mapped tensor in torch's memory.</summary>
    public static torch.Tensor Load(StateDict state, string name, long count)
    {
        var tensor = torch.empty(count);
        const int Piece = 1 << 24;
        for (long start = 0; start < count; start += Piece)
        {
            var length = (int)Math.Min(Piece, count - start);
            state.Bytes(name, start * sizeof(float), length * sizeof(float)).CopyTo(tensor.bytes[(int)(start * sizeof(float))..]);
        }
        return tensor;
    }
}
