using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>A step that a <see cref="GraphBuilder"/> has, to be referred to by the specs of later ones.</summary>
public sealed class GraphStep
{
    private readonly References _references;

    internal GraphStep(string name, string kind, int epochs, References references) => (Name, Kind, Epochs, _references) = (name, kind, epochs, references);

    /// <summary>Unique within the run.</summary>
    public string Name { get; }

    /// <summary>The kind of step.</summary>
    public string Kind { get; }

    /// <summary>Training epochs it costs.</summary>
    public int Epochs { get; }

    /// <summary>Its <see cref="OutputNames.Checkpoint"/>.</summary>
    public ArtifactRef Checkpoint => Output(OutputNames.Checkpoint);

    /// <summary>Stands in a spec for what this step stores under a name.</summary>
    public ArtifactRef Output(string name) => _references.Output(Name, name);

    /// <summary>Stands in a spec for the mask this step ends with, if it moved it, and otherwise for another one; null for none.</summary>
    public ArtifactRef OwnMask(ArtifactRef? otherwise) => _references.OptionalOutput(Name, OutputNames.Mask, otherwise);

    /// <summary>Stands in a spec for what this step may have stored under a name, and for nothing when it has not.</summary>
    public ArtifactRef OptionalOutput(string name) => _references.OptionalOutput(Name, name, otherwise: null);

    /// <summary>Stands in a spec for a number this step finds.</summary>
    public double Metric(string name) => _references.Metric(Name, name);
}
