/// "a table", "an int".
func withArticle(_ noun: String) -> String {
    "\("aeiou".contains(noun.first?.lowercased() ?? " ") ? "an" : "a") \(noun)"
}
