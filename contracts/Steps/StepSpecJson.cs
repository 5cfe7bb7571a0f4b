using System.Text.Json.Serialization.Metadata;

namespace SparsePipeline.Contracts;

/// <summary>Teaches JSON the kinds of step: <c>kind</c> says which spec an object is.</summary>
internal static class StepSpecJson
{
    private const string Discriminator = "kind";

    /// <summary>A modifier of <see cref="DefaultJsonTypeInfoResolver"/>.</summary>
    public static void NameKinds(JsonTypeInfo type)
    {
        if (type.Type != typeof(StepSpec))
            return;
        type.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = Discriminator };
        foreach (var kind in StepKinds.Infos)
            type.PolymorphismOptions.DerivedTypes.Add(new(kind.Spec, kind.Name));
    }
}
