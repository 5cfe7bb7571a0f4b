using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SparsePipeline.Planning.Tests;

/// <summary>A graph as another version of the program would have stored it.</summary>
internal static class ForeignGraph
{
    /// <summary>Changes a graph as JSON and gives it the digest of what it says then.</summary>
    public static byte[] Change(GraphDocument graph, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(GraphJson.Write(graph))!.AsObject();
        json.Remove("digest");
        change(json);
        json["digest"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json.ToJsonString())));
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    /// <summary>The graph of a recipe with a step of a kind nobody knows before the first cut, which reads what that step stores.</summary>
    public static GraphDocument WithUnknownKind(Contracts.Recipe recipe) => GraphJson.Read(Change(GraphCompiler.Compile(recipe), json =>
    {
        var nodes = json["nodes"]!.AsArray();
        var prune = nodes.First(n => (string?)n!["name"] == NodeNames.Prune(1))!;
        prune["spec"]!["findings"] = JsonNode.Parse("""{"$from":"survey","output":"findings"}""");
        nodes.Insert(nodes.IndexOf(prune), JsonNode.Parse(
            """{"essential":true,"kind":"survey","name":"survey","spec":{"kind":"survey","algorithmVersion":1,"checkpoint":{"$from":"dense","output":"checkpoint"},"examples":128}}"""));
    }), "graph.json");
}
