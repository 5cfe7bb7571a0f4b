using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Tests;

/// <summary>Specs of small models.</summary>
internal static class ModelSpecs
{
    public static ModelSpec Mlp(params int[] hidden) => Of("mlp", ("hidden", hidden));

    public static ModelSpec MlpWithBatchNorm(params int[] hidden) => Of("mlp", ("hidden", hidden), ("batchNorm", true));

    public static ModelSpec ResNet20(int width) => Of("resnet20", ("width", width));

    public static ModelSpec Of(string name, params (string Name, object Value)[] options) =>
        new() { Name = name, Options = MethodSpecs.Of(name, options).Options };
}
