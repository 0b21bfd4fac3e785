//! What the service has told the booth about schools and collections, used with its age shown.

use super::{Collection, CollectionId, EducationCategory, InstitutionCode};
use serde::{Deserialize, Serialize};

/// Collections known at the booth.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Catalogue {
    /// When the service said so.
    pub as_of: Option<jiff::Timestamp>,
    /// Every collection, open or not.
    pub collections: Vec<Collection>,
}

impl Catalogue {
    /// Categories that a school collects for, each once, in the order of [`EducationCategory::ALL`].
    pub fn categories_of(&self, institution: InstitutionCode) -> Vec<EducationCategory> {
        let offers = |category| self.of(institution, category).next().is_some();
        EducationCategory::ALL
            .into_iter()
            .filter(|category| offers(*category))
            .collect()
    }

    /// Collections of a school for a category.
    pub fn of(
        &self,
        institution: InstitutionCode,
        category: EducationCategory,
    ) -> impl Iterator<Item = &Collection> {
        self.collections
            .iter()
            .filter(move |c| c.institution == institution && c.category == category)
    }

    /// The collection of an id.
    pub fn collection(&self, id: &CollectionId) -> Option<&Collection> {
        self.collections.iter().find(|c| c.id == *id)
    }

    /// The school has at least one collection.
    pub fn serves(&self, institution: InstitutionCode) -> bool {
        self.collections
            .iter()
            .any(|c| c.institution == institution)
    }
}
