using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Learning.Data;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Studies;

/// <summary>Puts contents in the place of paths, throughout a study. Reading files takes a while, and most cells have the same ones: each is read once.</summary>
/// <param name="folder">What relative paths of the recipes' files start from.</param>
internal sealed class StudyContents(string folder)
{
    private readonly Dictionary<string, string> _digests = new(StringComparer.Ordinal);
    private readonly Dictionary<(string? Script, string? Weights), RecipeFiles> _files = [];

    /// <param name="study">As it is written.</param>
    /// <param name="path">Where.</param>
    /// <exception cref="DomainException">A file of a data set or of a recipe is missing or refused.</exception>
    public StudyInput Of(Study study, string path)
    {
        var named = study with { Grids = [.. study.Grids.Select(g => g with { Cells = [.. g.Cells.Select(Of)] })] };
        return new StudyInput(named, [.. _files.Values.SelectMany(f => f.Files).DistinctBy(f => f.Artifact)], path, study);
    }

    private StudyCell Of(StudyCell cell) => cell with { Recipes = [.. cell.Recipes.Select(Of)] };

    private Recipe Of(Recipe recipe) => Named(recipe) with { Data = recipe.Data with { Digest = DigestOf(recipe.Data) } };

    private Recipe Named(Recipe recipe)
    {
        var paths = (recipe.Model.File, recipe.Pretraining.Weights);
        if (paths is (null, null))
            return recipe;
        if (!_files.TryGetValue(paths, out var files))
            files = _files[paths] = RecipeFiles.Of(recipe, folder);
        return files.Named(recipe);
    }

    // Options are equal when they say the same, not when they are one object.
    private string DigestOf(DataSpec data)
    {
        var canonical = Encoding.UTF8.GetString(CanonicalJson.Serialize(data));
        return _digests.TryGetValue(canonical, out var digest) ? digest : _digests[canonical] = DataSets.Digest(data);
    }
}
