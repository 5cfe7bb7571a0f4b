namespace SparsePipeline.Sparsification.Tests.Conformance;

/// <summary>A random small network: layers with weights, a bias and a running statistic.</summary>
/// <param name="Layers">Weights of each layer as [rows, columns] and values.</param>
public sealed record TestModel((int Rows, int Columns, float[] Values)[] Layers)
{
    /// <summary>Few distinct magnitudes, so that ties are the rule, mixed with many, zeros of both signs included.</summary>
    private static readonly Gen<float> Weight = Gen.OneOf(Gen.OneOf(-1f, -0.5f, -0f, 0, 0.5f, 1, 2), Gen.Float[-3, 3]);

    /// <summary>Layer sizes cross the boundaries of words and vectors.</summary>
    public static Gen<TestModel> Any { get; } = Gen.Select(Gen.Int[1, 9], Gen.Int[1, 20])
        .SelectMany(shape => Weight.Array[shape.Item1 * shape.Item2].Select(values => (shape.Item1, shape.Item2, values)))
        .Array[1, 4].Select(layers => new TestModel(layers));

    /// <summary>Names the last layer: random sizes do not fit together, so they would tell another.</summary>
    public TensorSelection Tensors => new() { OutputLayer = $"layer{Layers.Length - 1}" };

    public int Weights => Layers.Sum(l => l.Values.Length);

    /// <summary>Writes the network; the order of the layers in the file is theirs here unless reversed.</summary>
    public string Save(Files files, bool reversed = false)
    {
        var builder = new StateDictBuilder();
        foreach (var i in reversed ? Enumerable.Range(0, Layers.Length).Reverse() : Enumerable.Range(0, Layers.Length))
            builder
                .Floats($"layer{i}.weight", [Layers[i].Rows, Layers[i].Columns], Layers[i].Values)
                .Floats($"layer{i}.bias", [1], i)
                .Floats($"bn{i}.running_var", [1], 1 + i);
        return builder.Raw("steps", TensorType.I64, [], 7, 0, 0, 0, 0, 0, 0, 0).Save(files.NewPath());
    }
}
