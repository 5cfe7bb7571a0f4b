using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Benchmarks;

/// <summary>A network whose training step is measured, with the options it has by default.</summary>
/// <param name="Model">Its name in recipes.</param>
/// <param name="Shape">Of one example.</param>
/// <param name="Classes">Logits.</param>
/// <param name="Batch">Examples per update.</param>
/// <param name="Steps">Updates per measurement, at full scale.</param>
/// <param name="Target">How much faster ours should be.</param>
/// <param name="Precision">Of ours; what it is compared with is always in single precision.</param>
internal sealed record StepCase(
    string Model, InputShape Shape, int Classes, int Batch, int Steps, double Target = 1, string Precision = Precisions.Float32)
{
    private static readonly InputShape Grey = new(1, 28, 28);
    private static readonly InputShape Colour = new(3, 32, 32);

    public static IReadOnlyList<StepCase> All { get; } =
    [
        new("mlp", Grey, 10, 128, 400),
        new("lenet5", Grey, 10, 128, 40),
        new("cnn", Grey, 10, 128, 10),
        new("resnet20", Colour, 10, 128, 3, 1.5),
        new("resnet20", Colour, 10, 128, 3, 1.5, Precisions.Bfloat16),
        new("resnet18", Colour, 10, 32, 1),
        new("vgg11", Colour, 10, 64, 2),
        new("vgg16", Colour, 10, 32, 2),
        new("wide-resnet", Colour, 10, 32, 2),
        new("gpt", InputShape.Text(128), 96, 16, 8, 1.5),
        new("gpt", InputShape.Text(128), 96, 16, 8, 1.5, Precisions.Bfloat16),
    ];

    public ModelSpec Spec => new() { Name = Model };

    /// <summary>Whether ours is in another precision than what it is compared with.</summary>
    public bool IsMixed => Precision != Precisions.Float32;

    /// <summary>For people: the model, its input and the batch.</summary>
    public override string ToString() => $"{Model}, batch {Batch} of {Shape}";

    /// <summary>One line, which the Python side reads.</summary>
    public string ToJson(int steps, int threads, string task = "train", string device = "cpu") => JsonSerializer.Serialize(new
    {
        model = Model,
        shape = new[] { Shape.Channels, Shape.Height, Shape.Width },
        classes = Classes,
        batch = Batch,
        steps,
        threads,
        task,
        device,
    });
}
