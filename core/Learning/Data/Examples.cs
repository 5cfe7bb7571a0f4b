using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data;

/// <summary>
/// Examples with what is said of them. Images and text of a small vocabulary are bytes: a quarter of the memory of floats, and their files hold nothing
/// finer. Tokens of larger vocabularies are 32-bit integers, rows of <see cref="DataKinds.Numbers"/> floats; targets are bytes, integers or floats likewise.
/// </summary>
public sealed class Examples
{
    private readonly ExampleValues _inputs;
    private readonly ExampleValues? _targets;
    private int[]? _groups;
    private Examples? _second;

    /// <param name="shape">Shape of one example.</param>
    /// <param name="pixels">count × shape.Size values, example after example.</param>
    /// <param name="labels">count × shape.Positions class indices, example after example.</param>
    public Examples(InputShape shape, byte[] pixels, byte[] labels)
        : this(shape, new ExampleValues<byte>(pixels, shape.Size), new ExampleValues<byte>(labels, shape.Positions))
    {
    }

    /// <param name="shape">Shape of one row, of <see cref="DataKinds.Numbers"/>.</param>
    /// <param name="numbers">count × shape.Size values, row after row.</param>
    /// <param name="labels">One class index per row.</param>
    public Examples(InputShape shape, float[] numbers, byte[] labels)
        : this(shape, new ExampleValues<float>(numbers, shape.Size), new ExampleValues<byte>(labels, shape.Positions))
    {
    }

    /// <param name="shape">Shape of one example.</param>
    /// <param name="inputs">Bytes of images, bytes or integers of text, floats of rows.</param>
    /// <param name="targets">Bytes or integers for classes, one or one per position; floats for real numbers, one; null for examples without.</param>
    internal Examples(InputShape shape, ExampleValues inputs, ExampleValues? targets)
    {
        if (inputs.Size != shape.Size || inputs.Length % Math.Max(1, shape.Size) != 0 || !Fits(shape, inputs))
            throw new ArgumentException($"{inputs.Length} values are not examples of {shape}.", nameof(inputs));
        if (targets is not null && targets.Length * shape.Size != inputs.Length * targets.Size)
            throw new ArgumentException($"{inputs.Length} values and {targets.Length} labels are not examples of {shape} with {targets.Size} labels each.", nameof(targets));
        (Shape, _inputs, _targets) = (shape, inputs, targets);
    }

    /// <summary>Rows of floats that nothing is said of.</summary>
    /// <param name="columns">Numbers in a row.</param>
    /// <param name="numbers">Row after row.</param>
    public static Examples Rows(int columns, float[] numbers) => new(InputShape.Row(columns), new ExampleValues<float>(numbers, columns), targets: null);

    public InputShape Shape { get; }

    public int Count => (int)(_inputs.Length / Shape.Size);

    /// <summary>What is said of them, one of <see cref="TargetKinds"/>.</summary>
    public string Targets => _targets switch
    {
        null => TargetKinds.None,
        ExampleValues<float> => TargetKinds.Numbers,
        _ => TargetKinds.Classes,
    };

    /// <summary>One number per example: those with the same belong together, such as the pictures of one writer. Null where data has no groups.</summary>
    public IReadOnlyList<int>? Groups => _groups;

    /// <summary>Another view of every example, as many and in the same order; null for data with one view.</summary>
    public Examples? Second => _second;

    /// <summary>Class indices that are bytes, example after example: <see cref="InputShape.Positions"/> of each.</summary>
    public IReadOnlyList<byte> Labels => Bytes(_targets).All;

    /// <summary>Raw values of one example that is an image or text of bytes.</summary>
    public ReadOnlySpan<byte> Pixels(int index) => Bytes(_inputs).Of(index);

    /// <summary>Raw values of one row of <see cref="DataKinds.Numbers"/>.</summary>
    public ReadOnlySpan<float> Numbers(int index) => Floats(_inputs).Of(index);

    /// <summary>Class indices of one example, where they are bytes.</summary>
    public ReadOnlySpan<byte> LabelsOf(int index) => Bytes(_targets).Of(index);

    /// <summary>The real numbers said of the examples, in their order.</summary>
    public ReadOnlySpan<float> Values => Floats(_targets).All;

    /// <summary>Whether the inputs are bytes.</summary>
    internal bool IsBytes => _inputs is ExampleValues<byte>;

    /// <summary>The examples at the given positions, in that order.</summary>
    public Examples Select(ReadOnlySpan<int> indices)
    {
        int[]? groups = null;
        if (_groups is not null)
        {
            groups = new int[indices.Length];
            for (var i = 0; i < groups.Length; i++)
                groups[i] = _groups[indices[i]];
        }

        return new Examples(Shape, _inputs.Select(indices), _targets?.Select(indices)) { _groups = groups, _second = _second?.Select(indices) };
    }

    /// <summary>The same with other pictures or rows in the place of each.</summary>
    internal Examples With(ExampleValues inputs) => new(Shape, inputs, _targets) { _groups = _groups, _second = _second };

    /// <summary>The same with a group for each.</summary>
    internal Examples WithGroups(int[] groups) => groups.Length == Count
        ? new(Shape, _inputs, _targets) { _groups = groups, _second = _second }
        : throw new ArgumentException($"There are {groups.Length} groups for {Count} examples.", nameof(groups));

    /// <summary>The same with another view of each.</summary>
    internal Examples WithSecond(Examples second) => second.Count == Count && second.Shape == Shape
        ? new(Shape, _inputs, _targets) { _groups = _groups, _second = second }
        : throw new ArgumentException($"{second.Count} views of {second.Shape} are not those of {Count} examples of {Shape}.", nameof(second));

    /// <summary>Writes the symbols of one example; returns what is left to be written.</summary>
    internal Span<long> WriteSymbols(int index, Span<long> values) => _inputs.Write(index, values);

    /// <summary>Writes the classes of one example; returns what is left to be written.</summary>
    internal Span<long> WriteClasses(int index, Span<long> values) => _targets!.Write(index, values);

    /// <summary>The class of an example that has one.</summary>
    internal int ClassOf(int index)
    {
        Span<long> one = stackalloc long[1];
        _targets!.Write(index, one);
        return (int)one[0];
    }

    /// <summary>The same with other classes for some.</summary>
    internal Examples WithClasses(IReadOnlyDictionary<int, int> classes) => new(Shape, _inputs, _targets!.With(classes)) { _groups = _groups, _second = _second };

    private static bool Fits(InputShape shape, ExampleValues inputs) => shape.Kind switch
    {
        DataKinds.Numbers => inputs is ExampleValues<float>,
        DataKinds.Text => inputs is ExampleValues<byte> or ExampleValues<int>,
        _ => inputs is ExampleValues<byte>,
    };

    private static ExampleValues<byte> Bytes(ExampleValues? values) => values as ExampleValues<byte> ?? throw new InvalidOperationException("These values are no bytes.");

    private static ExampleValues<float> Floats(ExampleValues? values) => values as ExampleValues<float> ?? throw new InvalidOperationException("These values are no floats.");
}
