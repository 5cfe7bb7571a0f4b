using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Orders checkpoints of one structure by what is in them, so that a sum over them does not depend on the order they came in.</summary>
/// <remarks>
/// Floating-point addition is commutative but not associative. Different candidates differ within a few bytes, so this reads next to
/// nothing; equal ones are read whole, and which of them comes first then makes no difference.
/// </remarks>
internal static class CanonicalOrder
{
    private const int Piece = 1 << 16;

    public static int Compare(StateDict a, StateDict b)
    {
        if (ReferenceEquals(a, b))
            return 0;
        foreach (var tensor in a.Tensors)
        {
            if (tensor.Type.CompareTo(b.Find(tensor.Name)!.Type) is not 0 and var types)
                return types;
            for (long offset = 0; offset < tensor.ByteLength; offset += Piece)
            {
                var length = (int)Math.Min(Piece, tensor.ByteLength - offset);
                var order = a.Bytes(tensor.Name, offset, length).SequenceCompareTo(b.Bytes(tensor.Name, offset, length));
                if (order != 0)
                    return order;
            }
        }

        return 0;
    }
}
