using System.Security.Cryptography;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Turns a recipe into the graph of its run, once, when it is submitted.</summary>
public static class GraphCompiler
{
    /// <summary>The graph that the recipe's workflow builds.</summary>
    /// <exception cref="DomainException">The recipe asks for something no graph can be built from.</exception>
    public static GraphDocument Compile(Recipe recipe)
    {
        var workflow = Workflows.Of(recipe);
        var builder = new GraphBuilder(recipe.Versions);
        workflow.Build(builder, recipe);
        return builder.ToDocument(workflow.Info.Name, Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(recipe))));
    }
}
