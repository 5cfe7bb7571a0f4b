using System.Text.Json;

namespace SparsePipeline.Planning;

/// <summary>A value in the JSON of a compiled spec.</summary>
internal abstract class TemplatePart
{
    /// <summary>The references in it, in the order they stand there.</summary>
    public virtual IEnumerable<InputReference> References => [];

    /// <summary>Whether a property with this value is left out.</summary>
    public virtual bool IsAbsent(in ResolvedInputs inputs) => false;

    /// <summary>Whether it refers to what is left out, so that it cannot stand in a list.</summary>
    public virtual bool RefersToAbsent(in ResolvedInputs inputs) => IsAbsent(inputs);

    public abstract void Write(Utf8JsonWriter writer, in ResolvedInputs inputs);
}
