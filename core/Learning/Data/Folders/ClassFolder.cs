using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Folders;

/// <summary>A folder with a folder of pictures for every class.</summary>
internal static class ClassFolder
{
    // Hidden files are the file manager's, not the data's; links may lead in circles.
    private static readonly EnumerationOptions Visible = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint };

    /// <summary>Names of the class folders, in ordinal order: the first is class 0.</summary>
    public static IReadOnlyList<string> Classes(string folder) =>
        [.. Directory.EnumerateDirectories(folder).Select(d => Path.GetFileName(d)).Where(n => n[0] != '.').Order(StringComparer.Ordinal)];

    /// <summary>Every picture with its class, in ordinal order of class and path.</summary>
    /// <exception cref="DomainException">A class is unknown, or a file is no picture by its name.</exception>
    public static IReadOnlyList<(string Path, byte Label)> Pictures(string folder, IReadOnlyList<string> classes)
    {
        var pictures = new List<(string, byte)>();
        foreach (var name in Classes(folder))
        {
            var label = classes.ToList().IndexOf(name);
            if (label < 0)
                throw Refused($"Folder '{Path.Combine(folder, name)}' is no class of the training examples ({string.Join(", ", classes)}).", "Rename or remove it.");
            foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, name), "*", Visible).Order(StringComparer.Ordinal))
                pictures.Add((Checked(file), (byte)label));
        }
        return pictures.Count > 0 ? pictures : throw Refused($"Folder '{folder}' has no pictures in folders of classes.", FolderLayout.Remedy);
    }

    private static string Checked(string file) => ImageFile.Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
        ? file
        : throw Refused($"'{file}' is no picture that can be read.", $"Remove it, or convert it to one of {string.Join(' ', ImageFile.Extensions)}.");

    private static DomainException Refused(string reason, string remedy) => new(FailureCodes.DataUnavailable, reason, remedy);
}
