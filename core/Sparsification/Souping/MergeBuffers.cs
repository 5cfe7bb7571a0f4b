using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>What one thread needs to average: where each member's numbers are, and room for those that must be converted.</summary>
internal sealed unsafe class MergeBuffers(SoupMember[] members, double scale)
{
    /// <summary>Numbers per row: several rows fit into the second-level cache for the check of their zeros after the sum.</summary>
    public const int Block = 1 << 14;

    private readonly nint[] _rows = new nint[members.Length];
    private readonly double[] _factors = members.All(m => m.Factor == 1) ? [] : [.. members.Select(m => m.Factor)];
    private float[]? _converted;
    private double[]? _widened;
    private float[]? _scratch;
    private double[]? _wideScratch;
    private RunReader? _reader;

    public IReadOnlyList<SoupMember> Members => members;

    /// <summary>Addresses of the numbers loaded last, one row per member.</summary>
    public ReadOnlySpan<nint> Rows => _rows;

    /// <summary>One per member; empty when all are 1.</summary>
    public ReadOnlySpan<double> Factors => _factors;

    public double Scale => scale;

    public Span<float> Scratch(int count) => (_scratch ??= new float[Block]).AsSpan(0, count);

    /// <summary>Reads runs for a merge that is no mean.</summary>
    public RunReader Reader(TensorRules rules) => _reader ??= rules.NewReader();

    public Span<double> WideScratch(int count) => (_wideScratch ??= new double[Block]).AsSpan(0, count);

    /// <summary>F32 is read in place: mapped memory does not move. Other types are converted into memory pinned for the purpose.</summary>
    public void Load(TensorInfo tensor, Chunk block)
    {
        for (var i = 0; i < members.Length; i++)
            _rows[i] = Address(tensor.Type == TensorType.F32
                ? members[i].State.Floats(tensor.Name, block.Start, block.Count)
                : Converted(i, tensor, block));
    }

    /// <summary>As <see cref="Load"/>, as 64-bit numbers, whatever type each member has.</summary>
    public void LoadWide(TensorInfo tensor, Chunk block)
    {
        _widened ??= GC.AllocateArray<double>(members.Length * Block, pinned: true);
        for (var i = 0; i < members.Length; i++)
        {
            var row = _widened.AsSpan(i * Block, block.Count);
            members[i].State.ReadDoubles(tensor.Name, block.Start, row);
            _rows[i] = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(row));
        }
    }

    private Span<float> Converted(int member, TensorInfo tensor, Chunk block)
    {
        _converted ??= GC.AllocateArray<float>(members.Length * Block, pinned: true);
        var row = _converted.AsSpan(member * Block, block.Count);
        members[member].State.ReadFloats(tensor.Name, block.Start, row);
        return row;
    }

    private static nint Address(ReadOnlySpan<float> row) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(row));
}
