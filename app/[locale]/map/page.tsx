import { MapPage, mapMetadata } from './map-page'

export function generateMetadata() {
  return mapMetadata(null)
}

export default function WorldMapPage() {
  return <MapPage region={null} />
}
