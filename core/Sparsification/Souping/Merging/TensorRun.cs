namespace SparsePipeline.Sparsification.Souping;

/// <summary>Consecutive numbers of one tensor, of every member and of the anchor.</summary>
public sealed class TensorRun
{
    /// <summary>Most numbers of a run.</summary>
    internal const int Most = 1 << 12;

    private readonly double[][] _members;
    private readonly double[]? _anchor;
    private readonly double[][]? _squares;

    internal TensorRun(int members, bool anchor, bool squares = false)
    {
        _squares = squares ? [.. Enumerable.Range(0, members).Select(_ => new double[Most])] : null;
        _members = [.. Enumerable.Range(0, members).Select(_ => new double[Most])];
        _anchor = anchor ? new double[Most] : null;
    }

    /// <summary>Flat index of the first number.</summary>
    public long Start { get; internal set; }

    /// <summary>How many numbers there are.</summary>
    public int Count { get; internal set; }

    /// <summary>How many members there are.</summary>
    public int Members => _members.Length;

    /// <summary>The anchor's numbers.</summary>
    /// <exception cref="InvalidOperationException">There is no anchor.</exception>
    public ReadOnlySpan<double> Anchor => AnchorBuffer.AsSpan(0, Count);

    internal double[] AnchorBuffer => _anchor ?? throw new InvalidOperationException("A merge reads an anchor that its soup did not ask for.");

    /// <summary>A member's numbers.</summary>
    public ReadOnlySpan<double> Member(int index) => _members[index].AsSpan(0, Count);

    /// <summary>The mean squared gradients of a member: the diagonal of its empirical Fisher matrix.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public ReadOnlySpan<double> Fisher(int index) => SquaresBuffer(index).AsSpan(0, Count);

    internal double[] SquaresBuffer(int index) => _squares?[index] ?? throw new InvalidOperationException("A merge reads squared gradients that its soup did not ask for.");

    internal double[] MemberBuffer(int index) => _members[index];
}
