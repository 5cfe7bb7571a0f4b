using SparsePipeline.Contracts;
using SparsePipeline.Learning.Models.TorchScript;

namespace SparsePipeline.Learning.Models;

/// <summary>All architectures; a new one is added here.</summary>
internal static class Architectures
{
    public static MethodRegistry<IArchitecture> Registry { get; } = new(
        MethodAxes.Model,
        [
            new MlpArchitecture(),
            new AutoencoderArchitecture(),
            new TopKAutoencoderArchitecture(),
            new LeNet5Architecture(),
            new CnnArchitecture(),
            new ResNet20Architecture(),
            new ResNet18Architecture(),
            new Vgg11Architecture(),
            new Vgg16Architecture(),
            new WideResNetArchitecture(),
            new GptArchitecture(),
            new TorchScriptArchitecture(),
        ]);
}
