using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Tests.Models;

/// <summary>Every architecture, narrow where its default has millions of weights.</summary>
internal static class SmallModels
{
    public static ModelSpec Of(string name) => name switch
    {
        "resnet18" or "vgg11" or "vgg16" => ModelSpecs.Of(name, ("width", 4)),
        "wide-resnet" => ModelSpecs.Of(name, ("depth", 10), ("widen", 1)),
        _ => ModelSpecs.Of(name),
    };
}
