using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Models.TorchScript;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Models.TorchScript;

/// <summary>Trainings of the TorchScript example on the digits.</summary>
internal static class Scripts
{
    public static TrainSpec Spec { get; } = Trainings.Spec with { Model = new ModelSpec { Name = "torchscript" }, Epochs = 2, Recalibration = 0.2 };

    public static TrainingInputs Inputs(TrainSpec spec, string? script = null, string? checkpoint = null) =>
        Trainings.Inputs(spec, checkpoint) with { Script = script ?? ExampleScript.File };

    public static TorchScriptNetwork Load(string? file = null) => TorchScriptArchitecture.Load(file ?? ExampleScript.File, new InputShape(1, 8, 8), 10);

    public static StepFailure Refusal(Action action) => Should.Throw<DomainException>(action).Failure;
}
